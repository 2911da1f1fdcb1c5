import type {
  Finding,
  Rollback,
} from '@slipway/backstage-plugin-slipway-common';
import type { CurrentConfigRepo } from '../../configRepos/ConfigRepoReader';
import type { ContentOperation } from '../plan/types';

export interface RollbackOperationsOptions {
  rollback: Rollback;
  repo: Pick<CurrentConfigRepo, 'git' | 'snapshot' | 'model'>;
  /** With `rollback.change`: what is known of that change. */
  change?: {
    /** Absent while it is not in the branch. */
    commit?: string;
    /** What the person said was a rename; others are found where the content stayed the same. */
    renamed?: ReadonlyArray<{ from: string; to: string }>;
  };
  /** Whether the caller may read a path, judged by its place at the branch head. */
  mayRead: (path: string) => boolean;
  /** What the person decided for single files, in place of what the rollback would come to there. */
  settled?: readonly ContentOperation[];
  readBlob: (oid: string) => Promise<Buffer>;
  signal?: AbortSignal;
}

/** What a rollback comes to at the branch head. */
export interface RollbackOperations {
  /**
   * To be planned like those of an edit. Where a later edit overlaps with what is taken back, `base` is not the blob of the head, so
   * that the plan finds the conflict: base is what the change left, mine what was before it, theirs the head.
   */
  operations: ContentOperation[];
  findings: Finding[];
  /** The change that is taken back. */
  undoes?: number;
}
