import type {
  CommitInfo,
  Finding,
  Reason,
} from '@slipway/backstage-plugin-slipway-common';

/** One entry of `slipway.configRepos`. */
export interface ConfigRepoConfig {
  name: string;
  /** Without credentials. */
  url: string;
  branch: string;
  /** Between two scheduled looks at the remote ref. */
  refreshMinutes: number;
  /** What to do about new or changed Secret values that anyone can read in Git; `refuse` when absent. */
  plainSecrets?: 'refuse' | 'warn' | 'allow';
}

/** How a config repo is, apart from what is in it. */
export type ConfigRepoStatus =
  | { state: 'Successful' }
  | { state: 'Failed'; reason: Reason }
  | { state: 'Unknown'; reason: Reason };

/** What the read model holds of a config repo. */
export interface ConfigRepoRecord {
  name: string;
  status: ConfigRepoStatus;
  /** UTC, ISO 8601. */
  lastReachedAt?: string;
  /** What Git says; absent when it was not read. */
  content?: {
    title?: string;
    owner?: string;
    stages: string[];
    head: CommitInfo;
    findings: Finding[];
  };
}
