import { ApiError, badRequest } from './ApiError';
import { isRecord } from './json';
import type { KubernetesObject } from './types';

/** Where the next page of a list starts, and of which moment the list is. */
export interface PageStart {
  version: number;
  /** Key of the last object of the page before. */
  after: string;
}

/** One page. */
export interface Page {
  items: KubernetesObject[];
  continue?: string;
  remainingItemCount?: number;
}

/** The key that objects of a collection are sorted by. */
export function objectKey(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

/** Reads a `continue` token that {@link cutPage} made. */
export function readContinue(token: string): PageStart {
  try {
    const value: unknown = JSON.parse(
      Buffer.from(token, 'base64url').toString(),
    );
    if (
      isRecord(value) &&
      Number.isSafeInteger(value.version) &&
      typeof value.after === 'string'
    ) {
      return { version: value.version as number, after: value.after };
    }
  } catch {
    // Told below, as for any other token that is not ours.
  }
  throw badRequest('continue key is not valid');
}

/** 410: the moment that a `continue` token belongs to is gone. */
export function continueExpired(): ApiError {
  return new ApiError(
    410,
    'Expired',
    'The provided continue parameter is too old to display a consistent list result. You must start a new list without the continue parameter.',
  );
}

/** Cuts one page out of the selected objects, sorted by key. */
export function cutPage(
  objects: KubernetesObject[],
  start: PageStart,
  limit: number,
): Page {
  const keyOf = ({ metadata }: KubernetesObject) =>
    objectKey(metadata.namespace, metadata.name);
  const keyed = objects
    .map(object => ({ object, key: keyOf(object) }))
    .filter(({ key }) => !start.after || key > start.after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const cut = limit > 0 ? keyed.slice(0, limit) : keyed;
  const items = cut.map(({ object }) => object);
  if (cut.length === keyed.length) {
    return { items };
  }
  const after = cut[cut.length - 1].key;
  return {
    items,
    continue: Buffer.from(
      JSON.stringify({ version: start.version, after }),
    ).toString('base64url'),
    remainingItemCount: keyed.length - cut.length,
  };
}
