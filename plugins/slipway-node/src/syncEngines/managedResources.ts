import type { ClusterConfig } from '../clusters';
import type { Fields } from '../reading';
import type { EngineObjectKey } from './objects';

/**
 * @public
 */
export interface SyncEngineManagedResourcesOptions {
  cluster: ClusterConfig;
  key: EngineObjectKey;
}

/**
 * A resource as its engine compares it. Whole Kubernetes objects; the engine may have masked values of Secrets, and need not have.
 *
 * @public
 */
export interface EngineManagedResource {
  group: string;
  kind: string;
  namespace: string;
  name: string;
  /** What there is, without what the engine takes no notice of; absent where there is none. */
  live?: Fields;
  /** What a sync would make of it; absent where Git does not declare it. */
  predicted?: Fields;
  /** By the engine's word, a sync would change it. */
  modified: boolean;
}

/**
 * Something that a sync runs, rather than applies and keeps.
 *
 * @public
 */
export interface EngineHook {
  group: string;
  kind: string;
  namespace: string;
  name: string;
  /** `PreSync`, `PostSync`; several are separated by commas. */
  hookType: string;
}

/**
 * @public
 */
export interface EngineManagedResources {
  resources: EngineManagedResource[];
  /** Absent where the engine did not tell. */
  hooks?: EngineHook[];
}
