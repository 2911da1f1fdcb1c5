import type { EnvironmentScope } from '../environments/types';
import type { EnvironmentAccess } from '../permissions';

export interface FileFilters {
  environments?: string[];
  modules?: string[];
}

export interface ListFilesOptions {
  scope: EnvironmentScope;
  filters: FileFilters & { search?: string };
  cursor?: string;
  limit: number;
  signal?: AbortSignal;
}

export interface SearchFilesOptions {
  scope: EnvironmentScope;
  filters: FileFilters;
  text: string;
  matchCase: boolean;
  limit: number;
  signal?: AbortSignal;
}

/** A path of a config repo, and what its reader may read. */
export interface FileQuestion {
  configRepo: string;
  path: string;
  /** Commit; the branch head by default. */
  revision?: string;
  access: EnvironmentAccess;
  signal?: AbortSignal;
}

export interface HistoryQuestion extends FileQuestion {
  cursor?: string;
  limit: number;
}

export interface DiffQuestion extends Omit<FileQuestion, 'revision'> {
  from?: string;
  to?: string;
  fromPath?: string;
}
