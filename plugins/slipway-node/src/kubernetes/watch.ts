import { setTimeout as sleep } from 'node:timers/promises';
import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import { Backoff, type BackoffOptions, ServerBackoff } from './backoff';
import type { KubernetesConnection } from './connection';
import { followResource, type WatchPosition } from './follow';
import { KubernetesError, type KubernetesReasonCode } from './problems';
import type { KubernetesObject, ResourceEvent, ResourceKind } from './types';

/**
 * Callbacks are awaited, one at a time, and hold the server back meanwhile. What one rejects with ends the watch.
 *
 * @public
 */
export interface WatchResourceOptions extends ResourceKind {
  connection: KubernetesConnection;
  /** All namespaces when absent or empty. */
  namespaces?: string[];
  /** Where to look instead while all namespaces are forbidden; whether they still are is asked whenever a watch is opened anew. */
  fallbackNamespaces?: string[];
  /** Objects per page of the list; 500 when absent. */
  pageSize?: number;
  /** The present objects. A list that had to start over begins with `first` again. */
  onPage(
    objects: KubernetesObject[],
    position: { first: boolean; last: boolean },
  ): Promise<void>;
  /** What happened since the list, in order per namespace. */
  onEvents(events: ResourceEvent[]): Promise<void>;
  /** The server was heard although nothing happened. */
  onAlive(): Promise<void>;
  /** The server could not be used; the next try follows by itself. */
  onProblem(
    reason: Reason,
    next: { retryInMilliseconds: number },
  ): Promise<void>;
  /** Entries were left out because they were no objects, or no JSON. */
  onMalformed?(count: number): void;
  signal: AbortSignal;
  /** Silence after which the watch is opened anew; 90,000 when absent, as bookmarks come about every minute. */
  idleTimeoutMilliseconds?: number;
  /** Events per batch at most; 200 when absent. */
  batchSize?: number;
  /** How long an event may wait for others; 50 when absent. */
  batchDelayMilliseconds?: number;
  backoff?: BackoffOptions;
}

/** A watch that breaks this often in a row is a problem, even though each one could be opened. */
const BREAKS_BEFORE_PROBLEM = 3;

/** A server that forgets again within this time is not listed again at once: it might do so for ever. */
const FORGETS_AGAIN_MILLISECONDS = 10_000;
/** What comes after these may be another view: of some namespaces only, or of a kind that was made anew. */
const START_OVER: KubernetesReasonCode[] = [
  'expired',
  'forbidden',
  'kindNotServed',
];

/** What was listed, and is watched from there. */
interface Watched {
  positions: WatchPosition[];
  /** To the fallback namespaces, as all are forbidden. */
  isNarrowed: boolean;
}

/**
 * Lists a resource and watches it from there, until the signal aborts: reopens what ends, breaks or falls silent,
 * lists again when the server no longer knows the position (410) or has not come that far or has other objects, and backs off while it cannot
 * be used.
 *
 * Resolves when aborted. Rejects only with what a callback rejected with.
 *
 * @public
 */
export async function watchResource(
  options: WatchResourceOptions,
): Promise<void> {
  const { signal } = options;
  // Apart, so that a server which is back after an outage is not met with the outage's long delays when its watch ends.
  const unusable = new ServerBackoff(options.backoff);
  const breaks = new Backoff(options.backoff);
  let watched: Watched | undefined;
  let forgotAt = -Infinity;
  let isDoubtful = false;
  while (!signal.aborted) {
    try {
      if (
        watched &&
        ((isDoubtful && (await hasStartedOver(options, watched))) ||
          (watched.isNarrowed && (await mayListAll(options))))
      ) {
        watched = undefined;
      }
      watched ??= await listAll(options);
      isDoubtful = true;
      const shaky = breaks.attempts >= BREAKS_BEFORE_PROBLEM;
      const end = await followResource(options, watched.positions, {
        announceOpen: !shaky,
      });
      unusable.reset();
      isDoubtful = !end.inTime;
      if (end.fruitful || end.lasted) {
        breaks.reset();
      }
      if (end.mustList) {
        watched = undefined;
        const since = performance.now() - forgotAt;
        forgotAt = performance.now();
        if (!end.error && since > FORGETS_AGAIN_MILLISECONDS) continue;
      }
      // Only what ended in order after a good while is opened anew at once; else a server could keep us spinning.
      if (end.error || !end.lasted) {
        const delay = breaks.next();
        if (end.error && shaky) {
          await options.onProblem(end.error.reason, {
            retryInMilliseconds: delay,
          });
        }
        await pause(delay, signal);
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (!(error instanceof KubernetesError)) {
        throw error;
      }
      const delay = Math.max(
        unusable.next(error.reason.code),
        Math.min(error.retryAfterMilliseconds ?? 0, 60_000),
      );
      const expired = error.reason.code === 'expired';
      if (START_OVER.includes(error.reason.code)) {
        watched = undefined;
      }
      // To start over is routine; to have to again and again is not.
      if (!expired || unusable.refusals > BREAKS_BEFORE_PROBLEM) {
        const code = expired ? 'serverError' : error.reason.code;
        await options.onProblem(
          { ...error.reason, code },
          { retryInMilliseconds: delay },
        );
      }
      await pause(delay, signal);
    }
  }
}

/**
 * Whether a server does not go on from where it was: it came back with older data, with others, or with none. It would
 * take a watch from such a position without a word, keep quiet about all that happens until it has caught up, and never
 * say of what was there before that it is gone.
 */
async function hasStartedOver(
  options: WatchResourceOptions,
  { positions }: Watched,
): Promise<boolean> {
  const { connection, group, version, resource, signal } = options;
  // All are of one server, which counts for all namespaces together; one without objects would tell less.
  const { namespace, uids } =
    positions.find(position => position.uids.size > 0) ?? positions[0];
  const kind = { group, version, resource, namespace, signal };
  const { items, resourceVersion: now } = await connection.firstPage(kind);
  const isKnown = items.length
    ? items.every(({ metadata: { uid } }) => !uid || uids.has(uid))
    : uids.size === 0;
  return (
    !isKnown ||
    positions.some(({ resourceVersion }) => isLater(resourceVersion, now))
  );
}

/** Versions of one resource count up, as numbers; what is no number tells nothing. */
function isLater(version: string, than: string): boolean {
  const areNumbers = [version, than].every(text => /^\d+$/.test(text));
  return areNumbers && BigInt(version) > BigInt(than);
}

/** Whether all namespaces are no longer forbidden, for the price of one object. */
async function mayListAll(options: WatchResourceOptions): Promise<boolean> {
  const { connection, group, version, resource, signal } = options;
  try {
    await connection.firstPage({ group, version, resource, signal });
    return true;
  } catch (error) {
    if (isForbidden(error)) return false;
    throw error;
  }
}

/** Lists every namespace asked for, as one list. */
async function listAll(options: WatchResourceOptions): Promise<Watched> {
  const { namespaces, fallbackNamespaces } = options;
  if (namespaces?.length) {
    const positions = await listNamespaces(options, namespaces);
    return { positions, isNarrowed: false };
  }
  try {
    const positions = await listNamespaces(options, [undefined]);
    return { positions, isNarrowed: false };
  } catch (error) {
    if (isForbidden(error) && fallbackNamespaces?.length) {
      const positions = await listNamespaces(options, fallbackNamespaces);
      return { positions, isNarrowed: true };
    }
    throw error;
  }
}

function isForbidden(error: unknown): boolean {
  return error instanceof KubernetesError && error.reason.code === 'forbidden';
}

async function listNamespaces(
  options: WatchResourceOptions,
  namespaces: Array<string | undefined>,
): Promise<WatchPosition[]> {
  const { connection, group, version, resource, signal } = options;
  const positions: WatchPosition[] = [];
  let first = true;
  for (const [index, namespace] of namespaces.entries()) {
    const limit = options.pageSize ?? 500;
    const selector = { group, version, resource, namespace, limit, signal };
    const uids = new Set<string>();
    for await (const page of connection.listPaged(selector)) {
      signal.throwIfAborted();
      if (page.malformed > 0) {
        options.onMalformed?.(page.malformed);
      }
      for (const { metadata } of page.items) {
        if (metadata.uid) uids.add(metadata.uid);
      }
      const last = page.last && index === namespaces.length - 1;
      await options.onPage(page.items, { first, last });
      first = false;
      if (page.last) {
        const { resourceVersion } = page;
        positions.push({ namespace, resourceVersion, uids });
      }
    }
  }
  return positions;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    // Aborted: the loop sees it.
  }
}
