import type { OpenedAnswer } from './request';
import { readChunks } from './request';
import { EventBatcher } from './EventBatcher';
import { kindName } from './connection';
import { LineTooLongError, splitLines } from './lineSplitter';
import { errorFromAnswer, KubernetesError, notKubernetes } from './problems';
import { isKubernetesObject, isRecord, type ResourceEvent } from './types';
import type { WatchResourceOptions } from './watch';

/** Up to where one namespace, or all, has been seen. Moves on with every event. */
export interface WatchPosition {
  namespace?: string;
  resourceVersion: string;
  /** `metadata.uid` of every object that was there then: no other server, and no later life of this one, has them. */
  uids: Set<string>;
}

/** How a watch ended. */
export interface FollowEnd {
  /** The server lost the position: list again. */
  mustList: boolean;
  /** It brought something. */
  fruitful: boolean;
  /** It was open for a good while. */
  lasted: boolean;
  /** It ended when it was to end, and so by a server that had not gone away. */
  inTime: boolean;
  /** It broke in the middle. Absent when it ended in order or by silence, which a quiet server may do. */
  error?: KubernetesError;
}

/** Far above etcd's limit for an object; what is longer is no event. */
const MAXIMUM_LINE_LENGTH = 32 * 1024 * 1024;
const LASTED_AFTER_MILLISECONDS = 5_000;

/**
 * Watches all positions at once until the first of them ends; then ends the others and delivers what came.
 *
 * @throws KubernetesError when a watch could not be opened, or what a callback rejected with.
 */
export async function followResource(
  options: WatchResourceOptions,
  positions: WatchPosition[],
  { announceOpen }: { announceOpen: boolean },
): Promise<FollowEnd> {
  const own = new AbortController();
  const signal = AbortSignal.any([options.signal, own.signal]);
  const batcher = new EventBatcher<ResourceEvent>({
    deliver: batch => options.onEvents(batch),
    onFailure: () => own.abort(),
    maximumSize: options.batchSize ?? 200,
    maximumDelayMilliseconds: options.batchDelayMilliseconds ?? 50,
  });
  const follows = positions.map(position =>
    followOne({ options, position, batcher, signal, announceOpen }),
  );
  try {
    return await Promise.race(follows);
  } finally {
    own.abort();
    await Promise.allSettled(follows);
    if (options.signal.aborted) {
      batcher.discard();
    }
    await batcher.flush();
  }
}

interface FollowOneOptions {
  options: WatchResourceOptions;
  position: WatchPosition;
  batcher: EventBatcher<ResourceEvent>;
  signal: AbortSignal;
  announceOpen: boolean;
}

async function followOne(follow: FollowOneOptions): Promise<FollowEnd> {
  const { options, position, signal } = follow;
  // Spread, so that the watches of many clusters do not end together.
  const timeoutSeconds = 240 + Math.floor(Math.random() * 60);
  const answer = await options.connection.openWatch({
    group: options.group,
    version: options.version,
    resource: options.resource,
    namespace: position.namespace,
    resourceVersion: position.resourceVersion,
    timeoutSeconds,
    signal,
  });
  const openedAt = Date.now();
  const end: FollowEnd = {
    mustList: false,
    fruitful: false,
    lasted: false,
    inTime: false,
  };
  let isSilent = false;
  let timer: NodeJS.Timeout | undefined;
  // One that broke often is believed when it has held for a while: bookmarks are a minute apart.
  const proved = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => options.onAlive().catch(reject),
      LASTED_AFTER_MILLISECONDS,
    );
  });
  try {
    if (follow.announceOpen) {
      clearTimeout(timer);
      await options.onAlive();
    }
    await Promise.race([readEvents(follow, answer, end), proved]);
  } catch (failure) {
    const error =
      failure instanceof LineTooLongError
        ? notKubernetes(answer.host, failure.message)
        : failure;
    if (signal.aborted || !(error instanceof KubernetesError)) {
      throw error;
    }
    // It would send the same again from where we are.
    end.mustList = error !== failure;
    isSilent = error.reason.code === 'timeout';
    if (!isSilent) {
      end.error = error;
    }
  } finally {
    clearTimeout(timer);
    answer.body.destroy();
  }
  const openMilliseconds = Date.now() - openedAt;
  end.lasted = openMilliseconds >= LASTED_AFTER_MILLISECONDS;
  end.inTime =
    !end.error && !isSilent && openMilliseconds >= (timeoutSeconds - 1) * 1000;
  return end;
}

async function readEvents(
  { options, position, batcher }: FollowOneOptions,
  answer: OpenedAnswer,
  end: FollowEnd,
): Promise<void> {
  const chunks = readChunks({
    answer,
    idleTimeoutMilliseconds: options.idleTimeoutMilliseconds ?? 90_000,
  });
  for await (const line of splitLines(chunks, MAXIMUM_LINE_LENGTH)) {
    const event = parseEvent(line);
    const resourceVersion = event && versionOf(event.object);
    if (event?.type === 'ERROR') {
      end.mustList = true;
      const error = errorOfEvent(options, position, answer, event.object);
      end.error = error.reason.code === 'expired' ? undefined : error;
      return;
    }
    if (event?.type === 'BOOKMARK' && resourceVersion) {
      position.resourceVersion = resourceVersion;
      end.fruitful = true;
      await batcher.flush();
      await options.onAlive();
    } else if (isResourceEvent(event)) {
      const { resourceVersion: at, uid } = event.object.metadata;
      position.resourceVersion = at;
      if (uid && event.type === 'DELETED') {
        position.uids.delete(uid);
      } else if (uid) {
        position.uids.add(uid);
      }
      end.fruitful = true;
      await batcher.add({ type: event.type, object: event.object });
    } else {
      position.resourceVersion = resourceVersion ?? position.resourceVersion;
      options.onMalformed?.(1);
    }
  }
}

function parseEvent(
  line: string,
): { type: unknown; object: unknown } | undefined {
  try {
    const event: unknown = JSON.parse(line);
    return isRecord(event)
      ? { type: event.type, object: event.object }
      : undefined;
  } catch {
    return undefined;
  }
}

function isResourceEvent(
  event: { type: unknown; object: unknown } | undefined,
): event is ResourceEvent {
  return (
    (event?.type === 'ADDED' ||
      event?.type === 'MODIFIED' ||
      event?.type === 'DELETED') &&
    isKubernetesObject(event.object)
  );
}

function versionOf(object: unknown): string | undefined {
  const metadata = isRecord(object) ? object.metadata : undefined;
  const version = isRecord(metadata) ? metadata.resourceVersion : undefined;
  return typeof version === 'string' ? version : undefined;
}

/** The API server reports what went wrong in the middle of a watch as a Status in an ERROR event. */
function errorOfEvent(
  options: WatchResourceOptions,
  { namespace }: WatchPosition,
  { host, secrets }: OpenedAnswer,
  body: unknown,
): KubernetesError {
  const code =
    isRecord(body) && typeof body.code === 'number' ? body.code : 500;
  return errorFromAnswer({
    status: code,
    host,
    kind: kindName(options),
    namespace,
    body,
    secrets,
  });
}
