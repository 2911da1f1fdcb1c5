import type {
  HealthState,
  Reason,
  SyncState,
} from '@slipway/backstage-plugin-slipway-common';
import {
  type EngineObject,
  fields,
  type Fields,
  isFields,
  message,
  oneOf,
  rows,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import { readDeliveries } from './deliveries';

export const HEALTH_STATES: readonly HealthState[] = [
  'Healthy',
  'Progressing',
  'Degraded',
  'Suspended',
  'Missing',
  'Unknown',
];
const SYNC_STATES: readonly SyncState[] = ['Synced', 'OutOfSync', 'Unknown'];
const OPERATION_PHASES = [
  'Running',
  'Terminating',
  'Succeeded',
  'Failed',
  'Error',
] as const;

type Condition = EngineObject['conditions'][number];

/** Conditions that say that Argo CD could not compare Git with the cluster, or not in full. */
const COMPARISON_FAILURES = [
  'ComparisonError',
  'InvalidSpecError',
  // Also where the status became too large for Kubernetes: the rest of it is then what it was before.
  'UnknownError',
];

/** As Go words it; an answer that is an error is quoted without the request. */
const UNANSWERED_REQUEST =
  /\b(?:Get|Post|Put|Patch|Delete) "https?:\/\/[^"\s]+\/(?:apis?|openapi|version)\b[^"\s]*": /;

export function readConditions(status: Fields): Condition[] {
  const conditions: Condition[] = [];
  for (const row of rows(status.conditions)) {
    const type = text(row.type);
    if (type) {
      conditions.push({
        type,
        message:
          message(conditionMessage(row, fields(status.operationState))) ?? '',
        since: text(row.lastTransitionTime),
      });
    }
  }
  const hydration = failedHydration(status);
  return hydration ? [...conditions, hydration] : conditions;
}

/** How a sync failed is said twice, in the same words. */
function conditionMessage(row: Fields, state: Fields): string {
  const said = text(row.message) ?? '';
  const ofOperation = text(state.message);
  return row.type === 'SyncError' && ofOperation && said.endsWith(ofOperation)
    ? [said, ...failedHooks(state)].join(' · ')
    : said;
}

export function readSync(
  status: Fields,
  conditions: Condition[],
): EngineObject['sync'] {
  const reported = fields(status.sync).status;
  const state = oneOf(SYNC_STATES, reported);
  if (!state) {
    return unknown(reported);
  }
  const failure = comparisonFailure(conditions);
  if (state === 'Unknown' || failure?.type === 'UnknownError') {
    return {
      state: 'Unknown',
      reason: failure ? failedComparison(failure) : reason('notCompared'),
    };
  }
  if (failure) {
    return {
      state: state === 'Synced' ? 'Unknown' : state,
      reason: failedComparison(failure),
    };
  }
  const lost = lostDestination(status);
  if (lost) {
    return { state: state === 'Synced' ? 'Unknown' : state, reason: lost };
  }
  const hydration = failedHydration(status);
  if (hydration) {
    // What it is in sync with is what was hydrated before.
    return {
      state: state === 'Synced' ? 'Unknown' : state,
      reason: reason('hydrationFailed', { message: hydration.message }),
    };
  }
  const retried = state === 'OutOfSync' ? failedAttempt(status) : undefined;
  return { state, reason: retried };
}

/**
 * Argo CD calls an Application healthy while it cannot generate its manifests: it then judges by nothing at all.
 * Where it could not compare, its health is not known either; where it could only in part, it is not good.
 */
export function readHealth(
  status: Fields,
  conditions: Condition[],
): EngineObject['health'] {
  const failure = comparisonFailure(conditions);
  const isBlind =
    failure?.type === 'UnknownError' ||
    fields(status.sync).status === 'Unknown';
  const health = fields(status.health);
  const state = oneOf(HEALTH_STATES, health.status);
  if (failure && (isBlind || state === undefined || state === 'Healthy')) {
    return {
      state: 'Unknown',
      since: failure.since,
      reason: failedComparison(failure),
    };
  }
  if (!state) {
    return unknown(health.status);
  }
  const lost = lostDestination(status);
  if (lost) {
    return state === 'Healthy'
      ? {
          state: 'Unknown',
          since: text(fields(status.operationState).startedAt),
          reason: lost,
        }
      : { state, since: text(health.lastTransitionTime), reason: lost };
  }
  const said = message(health.message);
  return {
    state,
    since: text(health.lastTransitionTime),
    reason: said ? reason('engineMessage', { message: said }) : undefined,
  };
}

export function readOperation(application: Fields): EngineObject['operation'] {
  const status = fields(application.status);
  const state = fields(status.operationState);
  const phase = oneOf(OPERATION_PHASES, state.phase);
  const runs = operationRuns(status);
  if (isFields(application.operation) && !runs) {
    // Asked for, and not yet taken up by the controller.
    return {
      phase: 'Running',
      initiatedBy: initiatorOf(application.operation),
    };
  }
  const syncResult = fields(state.syncResult);
  const sources = readDeliveries(application, syncResult);
  const isHydrated = isFields(fields(application.spec).sourceHydrator);
  return (
    phase && {
      phase,
      startedAt: text(state.startedAt),
      finishedAt: runs ? undefined : text(state.finishedAt),
      message: operationMessage(state),
      // Nobody knows a hydrated commit: it is not in the branch that people push to.
      revision: isHydrated ? sources?.[0]?.revision : text(syncResult.revision),
      initiatedBy: initiatorOf(fields(state.operation)),
      sources,
      dryRun: fields(fields(state.operation).sync).dryRun === true || undefined,
    }
  );
}

/** What Argo CD says of an operation, and of the hooks that failed: which, and why, it says in their rows only. */
function operationMessage(state: Fields): string | undefined {
  const said = text(state.message);
  return message([said, ...failedHooks(state)].filter(Boolean).join(' · '));
}

function failedHooks({ phase, syncResult }: Fields): string[] {
  if (phase !== 'Failed' && phase !== 'Error') return [];
  return rows(fields(syncResult).resources)
    .filter(({ hookType, hookPhase }) => {
      const failed = hookPhase === 'Failed' || hookPhase === 'Error';
      return failed && text(hookType) !== undefined;
    })
    .map(({ hookType, kind, name, message: why }) =>
      [`${hookType} ${kind}/${name}`, text(why)].filter(Boolean).join(': '),
    );
}

/** Between two attempts it has a `finishedAt`, and runs all the same. */
export function operationRuns(status: Fields): boolean {
  const { phase } = fields(status.operationState);
  return phase === 'Running' || phase === 'Terminating';
}

export function initiatorOf(operation: Fields): string | undefined {
  return text(fields(operation.initiatedBy).username);
}

function comparisonFailure(conditions: Condition[]): Condition | undefined {
  const failures = conditions.filter(({ type }) =>
    COMPARISON_FAILURES.includes(type),
  );
  return failures.find(({ type }) => type === 'UnknownError') ?? failures.at(0);
}

/**
 * Argo CD judges a cluster that it cannot reach by what it saw last, and goes on to call it healthy and synced. Only its
 * operations tell: while one is tried, and after it failed until another brings Git and the cluster together.
 */
function lostDestination(status: Fields): Reason | undefined {
  const { phase, message: words } = fields(status.operationState);
  const said = message(words);
  const isSettled =
    phase === 'Succeeded' ||
    (!operationRuns(status) && fields(status.sync).status === 'Synced');
  return said && !isSettled && isUnanswered(said)
    ? reason('destinationUnreachable', { message: said })
    : undefined;
}

/** Whether words of Argo CD quote a request to a Kubernetes API that got no answer at all. */
function isUnanswered(words: string): boolean {
  return UNANSWERED_REQUEST.test(words) && !words.includes('webhook');
}

/** Argo CD has no condition for a source hydrator that cannot hydrate. */
function failedHydration(status: Fields): Condition | undefined {
  const hydration = fields(fields(status.sourceHydrator).currentOperation);
  return hydration.phase === 'Failed'
    ? {
        type: 'HydrationFailed',
        message: message(hydration.message) ?? '',
        since: text(hydration.finishedAt),
      }
    : undefined;
}

function failedAttempt(status: Fields): Reason | undefined {
  const { retryCount, message: words } = fields(status.operationState);
  return operationRuns(status) && Number(retryCount) > 0
    ? reason('reconcileRetrying', { message: message(words) ?? '' })
    : undefined;
}

function failedComparison(failure: Condition): Reason {
  return reason('comparisonFailed', { message: failure.message });
}

function unknown(reported: unknown): { state: 'Unknown'; reason: Reason } {
  const value = text(reported);
  return {
    state: 'Unknown',
    reason: value
      ? reason('unknownValue', { value: value.slice(0, 100) })
      : reason('notReported'),
  };
}

function reason(code: string, params: Record<string, string> = {}): Reason {
  return { code, params };
}
