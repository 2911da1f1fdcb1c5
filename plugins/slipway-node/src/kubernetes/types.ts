/**
 * What every object of the Kubernetes API has; the rest is for the engine to judge.
 *
 * @public
 */
export interface KubernetesObject {
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    resourceVersion: string;
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

/**
 * Names a collection of the API, such as `argoproj.io`, `v1alpha1`, `applications`.
 *
 * @public
 */
export interface ResourceKind {
  /** `''` for the core group. */
  group: string;
  version: string;
  /** Plural, as in the URL. */
  resource: string;
}

/**
 * @public
 */
export interface ResourcePage {
  items: KubernetesObject[];
  /** Entries that were no objects and were left out. */
  malformed: number;
  /** Where a watch takes over from this list. */
  resourceVersion: string;
  last: boolean;
}

/**
 * @public
 */
export interface ResourceEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubernetesObject;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The least that an object needs to be kept: a name to keep it under and a version to order it by. */
export function isKubernetesObject(value: unknown): value is KubernetesObject {
  if (!isRecord(value) || !isRecord(value.metadata)) {
    return false;
  }
  const { name, namespace, resourceVersion } = value.metadata;
  return (
    typeof name === 'string' &&
    name !== '' &&
    typeof resourceVersion === 'string' &&
    (namespace === undefined || typeof namespace === 'string')
  );
}
