import type {
  ChangeAttemptsInner,
  ChangeKind,
  ChangeState,
  ChangeStepsInner,
  PlannedFile,
  Reason,
  TouchedModule,
} from '@slipway/backstage-plugin-slipway-common';
import type { Person } from '../git';
import type { ContentOperation } from './plan/types';

/** A change that a person asked for, with its plan. */
export interface NewChange {
  configRepo: string;
  kind: ChangeKind;
  message: string;
  /** Why, in the words of the person. */
  changeReason?: string;
  author: Person & { entityRef: string };
  idempotencyKey?: string;
  operations: readonly ContentOperation[];
  plan: {
    base: string;
    digest: string;
    files: readonly PlannedFile[];
    touches: readonly TouchedModule[];
  };
}

/** A change as it is recorded. Times are ISO 8601 in UTC. */
export interface StoredChange {
  id: number;
  configRepo: string;
  kind: ChangeKind;
  state: ChangeState;
  since: string;
  reason?: Reason;
  message: string;
  changeReason?: string;
  author: Person & { entityRef: string };
  requestedAt: string;
  base: string;
  digest: string;
  /** Once it is in the branch. */
  commit?: string;
  steps: ChangeStepsInner[];
  attempts: ChangeAttemptsInner[];
  sequence: number;
}

/** A change that is on its way to the branch. */
export interface PendingChange extends StoredChange {
  operations: ContentOperation[];
}

/** A commit that is about to be sent. */
export interface NewAttempt {
  change: number;
  base: string;
  commit: string;
}
