import type { FileOperation } from '@slipway/backstage-plugin-slipway-common';

/** What somebody is about to do to one file. It stays in their browser until it is committed or discarded. */
export type DraftOperation = FileOperation & {
  /** When it was last edited, UTC, ISO 8601. */
  at: string;
  /** The commit at which `base` was read; absent for a new file. */
  commit?: string;
};

/** What a draft does to a file, as trees and lists mark it. */
export type DraftMark = 'created' | 'modified' | 'deleted' | 'renamed';

/** The edits of one config repo that nobody has committed yet. */
export interface Draft {
  configRepo: string;
  /** Whether what is kept has been read. */
  ready: boolean;
  /** One per path, by path. */
  operations: readonly DraftOperation[];
  /** Whether all of it is kept in the browser, so that it survives a reload. */
  kept: boolean;
  /** How often something of it was committed on this page: then what the branch holds has changed. */
  commits: number;
  /** Adds an operation, in the place of one on the same path. */
  put: (operation: DraftOperation) => void;
  remove: (path: string) => void;
  /** Puts and removes at once. */
  replace: (
    removed: readonly string[],
    operations: readonly DraftOperation[],
  ) => void;
  /** Takes out exactly what was committed: what was edited since stays. */
  removeCommitted: (committed: readonly DraftOperation[]) => void;
  clear: () => void;
}
