import type {
  CopiedFile,
  CopyPlan,
  EnvironmentCopy,
  Finding,
} from '@slipway/backstage-plugin-slipway-common';
import type {
  ContentOperation,
  DeclaredEnvironment,
} from '../changes/plan/types';
import type { CurrentConfigRepo } from '../configRepos/ConfigRepoReader';
import type { PlainSecretPolicy } from '../manifests/checks';
import type { EnvironmentModel } from '../status/types';
import type { EngineView } from './engine';

export interface CopyOptions {
  copy: EnvironmentCopy;
  repo: Pick<CurrentConfigRepo, 'snapshot' | 'model' | 'shared'>;
  /** Without credentials. */
  repoUrl: string;
  branch: string;
  policy: PlainSecretPolicy;
  engine: EngineView;
  /** By its place at the branch head. */
  mayRead: (path: string) => boolean;
  readBlob: (oid: string) => Promise<Buffer>;
  signal?: AbortSignal;
}

/** Where a copy goes. */
export interface CopyTo {
  name: string;
  title?: string;
  description?: string;
  stage?: string;
  targets: EnvironmentModel['targets'];
  /** What is there already. */
  present?: EnvironmentModel;
}

/** A row of the plan, and what is to be done for it. */
export interface CopyRow {
  file: CopiedFile;
  operation?: ContentOperation;
}

export interface PlannedCopy {
  /** Nothing to do when something is in the way of the whole. */
  operations: ContentOperation[];
  /** What there is to do but for that. */
  written: ContentOperation[];
  findings: Finding[];
  plan: CopyPlan;
  /** The environment as it will be declared. */
  declared?: DeclaredEnvironment;
}
