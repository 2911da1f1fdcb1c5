import { isDeepStrictEqual } from 'util';
import { Comparison } from './compareApplication';
import { isObject } from './render/strategicMerge';
import {
  Application,
  ApplicationCondition,
  ApplicationSource,
  ApplicationStatus,
} from './types';

/** As Argo CD writes times: RFC 3339, UTC, whole seconds. */
export function formatTime(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** `source` or `sources`, whichever the Application uses. */
export function describeSources(
  application: Application,
  sources: ApplicationSource[],
): { source?: ApplicationSource; sources?: ApplicationSource[] } {
  return application.spec.sources?.length
    ? { sources }
    : { source: sources[0] };
}

/** `revision` or `revisions`; neither when there are none. */
export function describeRevisions(
  application: Application,
  revisions: string[],
): { revision?: string; revisions?: string[] } {
  if (revisions.length === 0) {
    return {};
  }
  return application.spec.sources?.length
    ? { revisions }
    : { revision: revisions[0] };
}

/** The status that a comparison gives, without the parts that operations write. */
export function buildStatus(
  application: Application,
  comparison: Comparison,
  sources: ApplicationSource[],
  now: Date,
): Omit<ApplicationStatus, 'history' | 'operationState'> {
  const previous = application.status ?? {};
  const time = formatTime(now);
  const isMultiple = Boolean(application.spec.sources?.length);
  const conditions = comparison.conditions.map(condition =>
    keepTransitionTime(condition, previous.conditions, time),
  );
  return {
    ...(conditions.length > 0 && { conditions }),
    controllerNamespace: 'argocd',
    health: {
      lastTransitionTime:
        previous.health?.status === comparison.health
          ? previous.health.lastTransitionTime ?? time
          : time,
      status: comparison.health,
    },
    reconciledAt: time,
    resourceHealthSource: 'appTree',
    ...(comparison.resources.length > 0 && { resources: comparison.resources }),
    sourceHydrator: {},
    ...(comparison.sourceTypes.length > 0 &&
      (isMultiple
        ? { sourceTypes: comparison.sourceTypes }
        : { sourceType: comparison.sourceTypes[0] })),
    summary: comparison.images.length > 0 ? { images: comparison.images } : {},
    sync: {
      comparedTo: {
        destination: application.spec.destination,
        ...describeSources(application, sources),
      },
      ...describeRevisions(application, comparison.revisions),
      status: comparison.sync,
    },
  };
}

function keepTransitionTime(
  condition: ApplicationCondition,
  previous: ApplicationCondition[] | undefined,
  time: string,
): ApplicationCondition {
  const same = previous?.find(
    ({ type, message }) =>
      type === condition.type && message === condition.message,
  );
  return {
    lastTransitionTime: same?.lastTransitionTime ?? time,
    message: condition.message,
    type: condition.type,
  };
}

/** The merge patch from one value to another; undefined when they are equal. */
export function mergePatchBetween(
  from: unknown,
  to: unknown,
): unknown | undefined {
  if (!isObject(from) || !isObject(to)) {
    return isDeepStrictEqual(from, to) ? undefined : to;
  }
  const patch: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    if (to[key] === undefined) {
      if (from[key] !== undefined) {
        patch[key] = null;
      }
    } else {
      const nested = mergePatchBetween(from[key], to[key]);
      if (nested !== undefined) {
        patch[key] = nested;
      }
    }
  }
  return Object.keys(patch).length > 0 ? patch : undefined;
}

/**
 * The patch of `status` that a comparison asks for. As the real one, it writes
 * nothing when only the time of the comparison is new, unless a refresh was
 * asked for.
 */
export function planStatusPatch(
  previous: ApplicationStatus | undefined,
  next: ApplicationStatus,
  isRefresh: boolean,
): object | undefined {
  const merged: ApplicationStatus = {
    ...next,
    history: previous?.history,
    operationState: previous?.operationState,
  };
  const patch = mergePatchBetween(previous ?? {}, merged) as
    | Record<string, unknown>
    | undefined;
  const isOnlyTime = patch && Object.keys(patch).join() === 'reconciledAt';
  return !patch || (isOnlyTime && !isRefresh) ? undefined : patch;
}
