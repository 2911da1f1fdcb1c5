import { ApiError } from './ApiError';
import type { EventLog, LogEntry } from './EventLog';
import { readVersion } from './listObjects';
import { asVersion } from './objectRules';
import { compileSelectors } from './selectors';
import type {
  KubernetesObject,
  ResourceType,
  SelectorOptions,
  StoreEvent,
} from './types';

/** Options of a watch. */
export interface WatchOptions extends SelectorOptions {
  /** The resource version after which to start; without it, starts with everything as `ADDED`. */
  since?: string;
}

/** An open watch. */
export interface StoreWatch {
  close(): void;
}

/** What a watch reads from. */
export interface WatchSource {
  log: EventLog;
  collection: string;
  current: () => KubernetesObject[];
}

/**
 * What one change looks like through a selector: an object that starts to match is added, one
 * that no longer matches is deleted.
 */
function eventOf(
  { type, object, previous }: LogEntry,
  selected: (object: KubernetesObject) => boolean,
): Exclude<StoreEvent, { type: 'ERROR' }> | undefined {
  const before = previous !== undefined && selected(previous);
  if (type === 'DELETED') {
    return before ? { type, object } : undefined;
  }
  if (selected(object)) {
    return { type: before ? 'MODIFIED' : 'ADDED', object };
  }
  if (!before) {
    return undefined;
  }
  const { resourceVersion } = object.metadata;
  const metadata = { ...previous.metadata, resourceVersion };
  return { type: 'DELETED', object: { ...previous, metadata } };
}

/** Delivers the changes of a collection to a listener; see `ObjectStore.watch`. */
export function watchObjects(
  type: ResourceType,
  namespace: string | undefined,
  options: WatchOptions,
  listener: (event: StoreEvent) => void,
  source: WatchSource,
): StoreWatch {
  const matches = compileSelectors(type, options);
  const selected = (object: KubernetesObject) =>
    (!namespace || object.metadata.namespace === namespace) && matches(object);
  let since = readVersion(options.since);
  if (since === undefined) {
    since = source.log.version;
    for (const object of source.current().filter(selected)) {
      listener({ type: 'ADDED', object });
    }
  }
  try {
    const stop = source.log.follow(since, {
      onEntry: entry => {
        const event =
          entry.collection === source.collection && eventOf(entry, selected);
        if (event) {
          listener({ ...event, object: asVersion(type, event.object) });
        }
      },
      onExpired: status => listener({ type: 'ERROR', object: status }),
    });
    return { close: stop };
  } catch (error) {
    // As the real server does: a watch that is accepted reports its errors as events.
    if (!(error instanceof ApiError)) {
      throw error;
    }
    listener({ type: 'ERROR', object: error.status });
    return { close: () => {} };
  }
}
