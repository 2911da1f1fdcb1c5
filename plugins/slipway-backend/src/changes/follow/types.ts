import type {
  ChangeState,
  ChangeTarget,
  Reason,
} from '@slipway/backstage-plugin-slipway-common';
import type { Place } from '../../configRepos/placeOf';

export type TargetState = ChangeTarget['state'];

/** One module on one target that a change touches. */
export interface FollowedTarget {
  environment: string;
  module: string;
  /** Only through a shared file. */
  shared: boolean;
  cluster: string;
  namespace: string;
  state: TargetState;
  reason?: Reason;
  /** Nothing is followed there any more. */
  ended: boolean;
}

/** A change in the branch of which the end is not known, or not told. */
export interface FollowedChange {
  id: number;
  title: string;
  state: ChangeState;
  /** Following: when it got into the branch. UTC, ISO 8601. */
  since: string;
  /** Absent when it failed. */
  commit?: string;
  /** Entity ref of the person; empty where it is not known. */
  authorRef: string;
  targets: FollowedTarget[];
}

/** A path that a change wrote, and what it is part of. */
export interface ChangedPath {
  path: string;
  place: Place;
}

/** How a change stands on one target. */
export interface TargetVerdict {
  state: TargetState;
  reason?: Reason;
  /** Nothing is to be followed there any more. */
  ended: boolean;
  /** Only when it has held for a while: engines say this and that in the first seconds. */
  settles: boolean;
}
