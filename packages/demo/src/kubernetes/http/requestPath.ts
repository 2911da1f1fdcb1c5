import { badRequest } from '../store/ApiError';
import type { CollectionRef } from '../store/types';

/** What a resource URL addresses. */
export interface Address extends CollectionRef {
  /** Missing for a whole collection. */
  name?: string;
  subresource?: string;
}

/**
 * Cuts a URL path into decoded segments.
 *
 * @throws ApiError 400 for segments that a name cannot be: nothing is ever normalised, so no
 *   two spellings lead to one object.
 */
export function parsePath(path: string): string[] {
  const segments = path.replace(/^\//, '').replace(/\/$/, '').split('/');
  return segments.map(segment => {
    let decoded: string;
    try {
      decoded = decodeURIComponent(segment);
    } catch {
      throw badRequest(`invalid URL escape in path segment "${segment}"`);
    }
    if (segments.length > 1 && decoded === '') {
      throw badRequest('the path holds an empty segment');
    }
    if (decoded === '.' || decoded === '..') {
      throw badRequest(
        `invalid resource name "${decoded}": may not be '${decoded}'`,
      );
    }
    const bad = /[/%\0]/.exec(decoded);
    if (bad) {
      throw badRequest(
        `invalid resource name ${JSON.stringify(
          decoded,
        )}: may not contain ${JSON.stringify(bad[0])}`,
      );
    }
    return decoded;
  });
}

/** Reads `/api/v1/…` and `/apis/{group}/{version}/…`; `undefined` for every other path. */
export function readAddress(segments: string[]): Address | undefined {
  const [root, ...rest] = segments;
  let group = '';
  let path = rest;
  if (root === 'apis') {
    [group, ...path] = rest;
  } else if (root !== 'api') {
    return undefined;
  }
  const [version, ...parts] = path;
  const base = { group, version };
  // `namespaces/x/status` is the status of a namespace; a resource called status does not exist.
  const ofNamespaceItself =
    group === '' &&
    (parts.length < 3 || ['status', 'finalize'].includes(parts[2]));
  if (parts[0] === 'namespaces' && parts.length > 2 && !ofNamespaceItself) {
    const [, namespace, resource, name, subresource, ...more] = parts;
    return more.length
      ? undefined
      : { ...base, resource, namespace, name, subresource };
  }
  const [resource, name, subresource, ...more] = parts;
  return resource === undefined || more.length
    ? undefined
    : { ...base, resource, name, subresource };
}
