import type { GroupVersionKind } from '../manifests/schema';

/** Group versions that a server publishes, by path, each with the hash of its document where it tells one. */
export type OpenApiIndex = ReadonlyMap<string, string | undefined>;

const ROOT = '/openapi/v3/';
const HASH = /^[A-Za-z0-9+/=_-]{1,200}$/;
/** A cluster with 300 definitions has about 150. */
const MAX_ENTRIES = 5_000;

/** `apis/apps/v1`, `api/v1`. */
export function groupVersionPath({
  group,
  version,
}: Pick<GroupVersionKind, 'group' | 'version'>): string {
  return group ? `apis/${group}/${version}` : `api/${version}`;
}

/**
 * Reads `/openapi/v3`. Of the URLs in it only the hash is taken, and only where the URL leads to the document of its own
 * entry: no server decides what Slipway calls.
 *
 * @returns `undefined` when it is no such index
 * @see https://kubernetes.io/docs/concepts/overview/kubernetes-api/#openapi-v3
 */
export function readOpenApiIndex(text: string): OpenApiIndex | undefined {
  const { paths } = parseObject(text) ?? {};
  if (!isObject(paths)) {
    return undefined;
  }
  const entries = Object.entries(paths).slice(0, MAX_ENTRIES);
  return new Map(
    entries.map(([path, entry]) => [
      path,
      isObject(entry) ? hashIn(entry.serverRelativeURL, path) : undefined,
    ]),
  );
}

/** Where the document of an entry is, below the server's root. */
export function documentPath(path: string, hash: string | undefined): string {
  const query = hash === undefined ? '' : `?hash=${encodeURIComponent(hash)}`;
  return `${ROOT}${path}${query}`;
}

function hashIn(url: unknown, path: string): string | undefined {
  const start = `${ROOT}${path}?`;
  if (typeof url !== 'string' || !url.startsWith(start)) {
    return undefined;
  }
  // A plus sign in a hash means itself.
  const query = url.slice(start.length).replaceAll('+', '%2B');
  const hash = new URLSearchParams(query).get('hash') ?? '';
  return HASH.test(hash) ? hash : undefined;
}

export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
