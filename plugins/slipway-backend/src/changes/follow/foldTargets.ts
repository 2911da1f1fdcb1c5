import type {
  ChangeStepsInner,
  Reason,
} from '@slipway/backstage-plugin-slipway-common';
import type { TargetVerdict } from './types';

/** How a change ended. */
export interface FollowedEnd {
  state: 'Live' | 'Degraded' | 'TimedOut';
  step: ChangeStepsInner['step'];
  reason?: Reason;
}

/**
 * How a change ended, once it has ended on each of its targets; the worst counts. A target on which nothing is delivered says nothing
 * about it.
 */
export function foldTargets(
  targets: ReadonlyArray<Pick<TargetVerdict, 'state' | 'reason' | 'ended'>>,
): FollowedEnd | undefined {
  if (targets.some(({ ended }) => !ended)) return undefined;
  const find = (wanted: TargetVerdict['state']) =>
    targets.find(({ state }) => state === wanted);
  const degraded = find('Degraded');
  if (degraded) {
    return { state: 'Degraded', step: 'degraded', reason: degraded.reason };
  }
  const late = find('TimedOut');
  return late
    ? { state: 'TimedOut', step: 'timedOut', reason: late.reason }
    : { state: 'Live', step: 'live' };
}
