import {
  type EngineObject,
  type Fields,
  fields,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import { reason } from './reasons';
import type { SourceProblem } from './sources';
import type { Verdict } from './verdict';

export interface StateOptions {
  object: Fields;
  verdict: Verdict;
  problem?: SourceProblem;
  /** The revision that the source holds is the one that was applied. */
  isApplied: boolean;
  /** The engine is told to look at the health of what it applies. */
  checksHealth: boolean;
  /** What it says of changes that were made past Git. */
  drift?: string;
}

/** A source that fails never looks good, whatever was applied before. */
export function readHealth(options: StateOptions): EngineObject['health'] {
  const { object, verdict, problem, checksHealth } = options;
  const { deletionTimestamp } = fields(object.metadata);
  const since = 'since' in verdict ? verdict.since : undefined;
  if (text(deletionTimestamp)) {
    return {
      state: 'Progressing',
      since: text(deletionTimestamp),
      reason: reason('engineObjectDeleting'),
    };
  }
  if (fields(object.spec).suspend === true) {
    const message = 'message' in verdict ? verdict.message : undefined;
    return {
      state: 'Suspended',
      reason: reason('reconciliationSuspended', message ? { message } : {}),
    };
  }
  if (problem?.failed) return { state: 'Unknown', reason: problem.reason };
  switch (verdict.state) {
    case 'ready':
      return {
        state: 'Healthy',
        since,
        reason: checksHealth ? undefined : reason('healthNotChecked'),
      };
    case 'failed':
      return {
        state: 'Degraded',
        since,
        reason: reason('engineMessage', { message: verdict.message }),
      };
    case 'retrying':
      return { state: 'Degraded', since, reason: reason('reconcileRetrying') };
    case 'waiting':
      return { state: 'Progressing', since, reason: waits(verdict) };
    case 'running':
      return {
        state: 'Progressing',
        since,
        reason: verdict.message
          ? reason('engineMessage', { message: verdict.message })
          : undefined,
      };
    default:
      return { state: 'Unknown', since, reason: unknown(verdict) };
  }
}

/** Synced when what the source holds was applied and is ready. */
export function readSync(options: StateOptions): EngineObject['sync'] {
  const { verdict, problem, isApplied, drift } = options;
  if (problem) return { state: 'Unknown', reason: problem.reason };
  switch (verdict.state) {
    case 'ready':
      if (drift !== undefined) {
        return {
          state: 'OutOfSync',
          reason: reason('drifted', { message: drift }),
        };
      }
      return { state: isApplied ? 'Synced' : 'OutOfSync' };
    case 'waiting':
      return { state: 'OutOfSync', reason: waits(verdict) };
    case 'failed':
    case 'retrying':
    case 'running':
      return { state: 'OutOfSync' };
    default:
      return { state: 'Unknown', reason: unknown(verdict) };
  }
}

function waits({ message }: Verdict & { state: 'waiting' }) {
  return reason('dependencyNotReady', { message });
}

function unknown(
  verdict: Verdict & { state: 'blocked' | 'unreported' | 'foreign' },
) {
  switch (verdict.state) {
    case 'blocked':
      return reason('comparisonFailed', { message: verdict.message });
    case 'foreign':
      return reason('unknownValue', { value: verdict.value.slice(0, 100) });
    default:
      return reason('notReported');
  }
}
