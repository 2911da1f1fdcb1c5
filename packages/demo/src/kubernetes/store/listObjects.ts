import { ApiError, badRequest } from './ApiError';
import type { EventLog } from './EventLog';
import {
  continueExpired,
  cutPage,
  objectKey,
  readContinue,
  type Page,
} from './listPages';
import { asVersion } from './objectRules';
import { compileSelectors } from './selectors';
import type { KubernetesObject, ResourceType, SelectorOptions } from './types';

/** Options of a list, as in Kubernetes' `ListOptions`. */
export interface ListOptions extends SelectorOptions {
  limit?: number;
  continue?: string;
  resourceVersion?: string;
  resourceVersionMatch?: string;
}

/** A list, or one page of it. */
export interface ObjectList extends Page {
  /** The moment that the list shows: watch from here. */
  resourceVersion: string;
}

/** What a list is made from. */
export interface ListSource {
  log: EventLog;
  collection: string;
  objects: KubernetesObject[];
}

/** Reads a resource version; nothing and `0` both mean "any". */
export function readVersion(text: string | undefined): number | undefined {
  if (!text || text === '0') {
    return undefined;
  }
  if (!/^\d{1,15}$/.test(text)) {
    throw badRequest(
      `resourceVersion: Invalid value: ${JSON.stringify(
        text,
      )}: must be a decimal number`,
    );
  }
  return Number(text);
}

/** The objects as they were at an older version: undoes what the log has after it. */
function objectsAt(version: number, source: ListSource): KubernetesObject[] {
  const byKey = new Map<string, KubernetesObject>();
  const keyOf = ({ metadata }: KubernetesObject) =>
    objectKey(metadata.namespace, metadata.name);
  for (const object of source.objects) {
    byKey.set(keyOf(object), object);
  }
  for (const entry of source.log.since(version).reverse()) {
    if (entry.collection !== source.collection) {
      continue;
    }
    if (entry.previous) {
      byKey.set(keyOf(entry.previous), entry.previous);
    } else {
      byKey.delete(keyOf(entry.object));
    }
  }
  return [...byKey.values()];
}

function startOf(options: ListOptions, log: EventLog) {
  if (options.continue) {
    return readContinue(options.continue);
  }
  const asked = readVersion(options.resourceVersion);
  if (asked === undefined) {
    return { version: log.version, after: '' };
  }
  if (options.resourceVersionMatch === 'Exact') {
    return { version: asked, after: '' };
  }
  // "Not older than" is always true of now, unless it has not happened yet.
  log.since(Math.max(asked, log.version));
  return { version: log.version, after: '' };
}

/** Lists what is selected; every page of one list shows the same moment. */
export function listObjects(
  type: ResourceType,
  namespace: string | undefined,
  options: ListOptions,
  source: ListSource,
): ObjectList {
  const matches = compileSelectors(type, options);
  const start = startOf(options, source.log);
  let objects: KubernetesObject[];
  try {
    objects = objectsAt(start.version, source);
  } catch (error) {
    const gone = error instanceof ApiError && error.status.code === 410;
    throw gone && options.continue ? continueExpired() : error;
  }
  const selected = objects.filter(
    object =>
      (!namespace || object.metadata.namespace === namespace) &&
      matches(object),
  );
  const page = cutPage(selected, start, options.limit ?? 0);
  return {
    ...page,
    items: page.items.map(object => asVersion(type, object)),
    resourceVersion: String(start.version),
  };
}
