import type { LoggerService } from '@backstage/backend-plugin-api';
import type { GitCredentials } from './smartHttp';
import type { Snapshot } from './snapshot';

export interface ConfigRepoGitOptions {
  /** `http` or `https`, without credentials in it. */
  url: string;
  branch: string;
  /**
   * Folder of the cache, a bare repository. May exist from before; what is
   * broken or belongs to another URL or branch is fetched anew. While another
   * process has it, one of this process's own beside it is taken.
   */
  directory: string;
  logger: LoggerService;
  /** Asked for each request; never kept, logged or told. */
  credentials(): Promise<GitCredentials>;
  /** Certificates in PEM form, trusted beside the usual ones. */
  ca?: string;
  /** How long the server may stay silent; 60 s by default. */
  idleTimeoutMs?: number;
  /** The largest pack to take; 1 GiB by default. */
  maxPackBytes?: number;
}

export interface GitCallOptions {
  signal?: AbortSignal;
}

export interface RefreshResult {
  changed: boolean;
  snapshot: Snapshot;
}
