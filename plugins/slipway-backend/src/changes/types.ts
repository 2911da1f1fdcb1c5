import type {
  ChangeAttemptsInner,
  ChangeKind,
  ChangeState,
  ChangeStepsInner,
  CopyPlan,
  PlannedFile,
  Reason,
  TouchedModule,
} from '@slipway/backstage-plugin-slipway-common';
import type { Place } from '../configRepos/placeOf';
import type { Person } from '../git';
import type { ContentOperation } from './plan/types';

/** What the gate let a change touch. */
export interface Granted {
  /** Names of environments. */
  environments: string[];
  /** Whether it may touch what belongs to no environment as well. */
  admin: boolean;
}

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
  /** The change that it rolls back. */
  undoes?: number;
  /** What a copy of an environment comes to. */
  copy?: Pick<CopyPlan, 'source' | 'target' | 'files' | 'rules'>;
  /** Absent where nothing was asked of the gate. */
  granted?: Granted;
  plan: {
    base: string;
    digest: string;
    files: readonly PlannedFile[];
    touches: readonly TouchedModule[];
    /** Of every path that changes; one that is not here is part of nothing. */
    places: ReadonlyArray<{ path: string; place: Place }>;
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
  undoes?: number;
  granted?: Granted;
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
