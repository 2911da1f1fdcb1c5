import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import type { EngineDestination } from './objects';

/**
 * A module as a manifest tells a sync engine of it.
 *
 * @public
 */
export interface EngineManifestPlace {
  environment: string;
  module: string;
  /** Folder or file in the config repo. */
  path: string;
  targets: Array<{
    cluster: string;
    namespace: string;
    /** As the engine knows the cluster by the engine objects that there are; absent when none delivers to it. */
    destination?: EngineDestination;
  }>;
}

/**
 * @public
 */
export interface CopyEngineManifestOptions {
  /** The manifest of the module that is copied; absent when it has none. */
  text?: string;
  from: EngineManifestPlace;
  to: EngineManifestPlace;
  /** Of the config repo, without credentials. */
  repoUrl: string;
  branch: string;
}

/**
 * @public
 */
export interface CopiedEngineManifest {
  /** Absent when none can be made. */
  text?: string;
  /** What a person should know of it. */
  remarks: Reason[];
}
