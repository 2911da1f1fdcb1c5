import type {
  ModuleState,
  Reason,
} from '@slipway/backstage-plugin-slipway-common';
import type { FollowedTarget, TargetState, TargetVerdict } from './types';

/** What is known of a change on one target. */
export interface TargetEvidence {
  /** The read model has seen the branch with the change in it. */
  inHead: boolean;
  /** Why what the change wrote is not what the branch holds now. */
  superseded?: Reason;
  /** Absent when the module, or its target, is no longer there. */
  state?: ModuleState;
  /** The change took the module away, and nobody brought it back. */
  removed?: boolean;
  /** The content that was last applied with success has the change in it. */
  applied: boolean;
  /** The engine has compared the cluster with content that has the change in it. */
  compared: boolean;
  /** `running` and failed ones are on content that has the change in it; `other` is any that runs. */
  operation?: 'running' | 'other' | { failed: string };
}

/** Decides how a change stands on one target; pure, and without a clock. */
export function judgeTarget(
  evidence: TargetEvidence,
  target: Pick<FollowedTarget, 'module' | 'state'>,
): TargetVerdict {
  const { inHead, superseded, state, removed, applied, operation } = evidence;
  const { module } = target;
  if (!inHead) return going(target.state);
  if (superseded) {
    return ended('Superseded', superseded, false);
  }
  if (removed) {
    return state
      ? going('Progressing', { code: 'moduleRemoving', params: { module } })
      : ended('Live', { code: 'moduleRemoved', params: { module } });
  }
  if (!state) {
    return ended('Waiting', { code: 'moduleGone', params: { module } });
  }
  if (state.engineObjects.length === 0) {
    return ended('Waiting', { code: 'notDeployedYet', params: { module } });
  }
  if (state.stale) {
    const { cluster } = state;
    return held(target.state, { code: 'clusterOffline', params: { cluster } });
  }
  if (typeof operation === 'object') {
    return ended('Degraded', {
      code: 'operationFailed',
      params: { module, message: operation.failed },
    });
  }
  if (applied) return judgeApplied(state, module, operation !== undefined);
  if (operation === 'running') return going('Progressing');
  // An engine that was under way goes on, whatever it says between two words.
  if (target.state === 'Progressing') return going('Progressing');
  if (state.sync.state === 'Unknown' && state.sync.reason) {
    return held('Waiting', state.sync.reason);
  }
  if (evidence.compared && state.sync.state === 'OutOfSync' && !operation) {
    return held('Waiting', { code: 'waitsForSync', params: { module } });
  }
  return going('Waiting');
}

function judgeApplied(
  state: ModuleState,
  module: string,
  operating: boolean,
): TargetVerdict {
  const { health, sync, fileSync } = state;
  if (health.state === 'Degraded') {
    const reason = { code: 'moduleDegraded', params: { module } };
    return ended('Degraded', health.reason ?? reason);
  }
  // Out of sync with what came later does not matter to this change.
  const synced =
    sync.state === 'Synced' ||
    (sync.state === 'OutOfSync' && fileSync.state === 'Behind');
  if (health.state === 'Healthy' && synced && !operating) {
    return ended('Live', undefined);
  }
  return going('Progressing', health.reason ?? sync.reason);
}

/** What stands while a verdict has not held for long enough. */
export function meanwhile(
  verdict: TargetVerdict,
  target: Pick<FollowedTarget, 'state' | 'reason'>,
): TargetVerdict {
  const underWay = verdict.state === 'Live' || verdict.state === 'Degraded';
  return underWay
    ? going('Progressing')
    : { ...going(target.state), reason: target.reason };
}

/** What is said of a target on which the time is over. */
export function timedOut(
  verdict: TargetVerdict,
  minutes: number,
): TargetVerdict {
  const code =
    verdict.state === 'Waiting' ? 'notAppliedInTime' : 'notLiveInTime';
  const reason = verdict.reason ?? {
    code,
    params: { minutes: String(minutes) },
  };
  return ended('TimedOut', reason, false);
}

function going(state: TargetState, reason?: Reason): TargetVerdict {
  return { state, reason, ended: false, settles: false };
}

function held(state: TargetState, reason: Reason): TargetVerdict {
  return { state, reason, ended: false, settles: true };
}

function ended(
  state: TargetState,
  reason: Reason | undefined,
  settles = true,
): TargetVerdict {
  return { state, reason, ended: true, settles };
}
