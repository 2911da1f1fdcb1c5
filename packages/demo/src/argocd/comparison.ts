import { isDeepStrictEqual } from 'util';
import { isObject } from './render/strategicMerge';
import { KubernetesObject } from './types';

/** What `kubectl apply` and Argo CD remember of the manifest that they applied last. */
export const LAST_APPLIED_ANNOTATION =
  'kubectl.kubernetes.io/last-applied-configuration';

/** Leaves out what the declared value does not name. */
function coversDeclared(live: unknown, declared: unknown): boolean {
  if (isObject(declared)) {
    return (
      isObject(live) &&
      Object.entries(declared).every(([key, value]) =>
        value === null || value === undefined
          ? live[key] === undefined || live[key] === null
          : coversDeclared(live[key], value),
      )
    );
  }
  if (Array.isArray(declared)) {
    return (
      Array.isArray(live) &&
      live.length === declared.length &&
      declared.every((item, index) => coversDeclared(live[index], item))
    );
  }
  return isDeepStrictEqual(live, declared);
}

/**
 * The merge patch that brings a live object to its manifest: what the manifest
 * declares and the live object has otherwise, and a null for what an earlier
 * manifest declared and this one does not. Undefined when nothing differs.
 */
export function planPatch(
  live: KubernetesObject,
  manifest: KubernetesObject,
): Record<string, unknown> | undefined {
  let lastApplied: unknown;
  try {
    lastApplied = JSON.parse(
      live.metadata.annotations?.[LAST_APPLIED_ANNOTATION] ?? '{}',
    );
  } catch {
    lastApplied = {};
  }
  return diff(live, manifest, lastApplied);
}

function diff(
  live: Record<string, unknown>,
  declared: Record<string, unknown>,
  previous: unknown,
): Record<string, unknown> | undefined {
  const patch: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(declared)) {
    const current = live[key];
    const before = isObject(previous) ? previous[key] : undefined;
    if (isObject(value) && isObject(current)) {
      const nested = diff(current, value, before);
      if (nested) {
        patch[key] = nested;
      }
    } else if (!coversDeclared(current, value)) {
      patch[key] = value;
    }
  }
  if (isObject(previous)) {
    for (const key of Object.keys(previous)) {
      if (!(key in declared) && live[key] !== undefined && key !== 'status') {
        patch[key] = null;
      }
    }
  }
  return Object.keys(patch).length > 0 ? patch : undefined;
}
