import type { CopiedEngineManifest, CopyEngineManifestOptions } from './copies';
import type {
  EngineManagedResources,
  SyncEngineManagedResourcesOptions,
} from './managedResources';
import type { EngineMarks } from './marks';
import type {
  EngineOperation,
  EngineOperationOption,
  SyncEngineOperateOptions,
} from './operations';
import type {
  EngineResourceHealth,
  SyncEngineResourceHealthOptions,
} from './resourceHealth';
import type { SyncEngineWatchOptions } from './watch';

/**
 * What carries Git to a cluster, seen from Slipway.
 *
 * @public
 */
export interface SyncEngine {
  /** `argocd`, `flux`; what `slipway.clusters[].engines` names. */
  readonly kind: string;
  /** What its objects can be asked; `refresh`, `sync` and `terminate` when absent. */
  readonly operations?: ReadonlyArray<EngineOperation['type']>;
  /** What a person may choose with them; all when absent. */
  readonly operationOptions?: ReadonlyArray<EngineOperationOption>;
  /** How it marks what it delivers; nothing is known of it when absent. */
  readonly marks?: EngineMarks;
  /**
   * Lists and watches the engine's objects on one cluster until the signal aborts, reconnecting with back-off by itself.
   * Resolves when aborted; rejects only on what waiting will not mend, such as a configuration that cannot be used.
   */
  watch(options: SyncEngineWatchOptions): Promise<void>;
  /**
   * Asks for an operation and resolves when the engine has taken the wish, not when it is done. Needs no watch.
   * Absent when the engine cannot be asked anything.
   *
   * @throws ConflictError when another operation is under way, none is to be stopped, or the object does not take it as it is
   * now; InputError when the engine cannot do it that way, such as a dry run; NotFoundError when the object
   * is gone; NotAllowedError when the cluster refuses Slipway's own account; ServiceUnavailableError when it does not answer.
   */
  operate?(options: SyncEngineOperateOptions): Promise<void>;
  /**
   * The health of single resources where the engine keeps it outside of its objects. Asked whenever somebody looks, so
   * answers are shared and kept for some seconds. Absent when the objects have all that is known.
   *
   * @returns nothing of resources whose health is not known, or of all where the cluster's configuration does not say whom to ask
   * @throws when whoever is asked does not answer
   */
  resourceHealth?(
    options: SyncEngineResourceHealthOptions,
  ): Promise<EngineResourceHealth[]>;
  /**
   * What the engine itself says of each resource: what is, and what a sync would make of it, with the engine's own way to compare. Asked
   * when somebody looks; answers are shared and kept for some seconds. Absent when the engine has no API for it.
   *
   * @returns undefined where the cluster's configuration does not say whom to ask
   * @throws when whoever is asked does not answer
   */
  managedResources?(
    options: SyncEngineManagedResourcesOptions,
  ): Promise<EngineManagedResources | undefined>;
  /**
   * Makes the manifest by which the engine learns of a copy of a module; pure. Absent when the engine is not told by manifests.
   *
   * @returns remarks: `copyEngineMissing` (`module`) where there was none to copy, `copyDestinationUnknown` (`cluster`) where
   * nothing says how the engine knows a cluster, `copyUnparsable` (`message`), `copyNameInvalid` (`name`),
   * `copyHydratedTogether` (`branch`) where source and copy would be hydrated into the same folder
   */
  copyManifest?(options: CopyEngineManifestOptions): CopiedEngineManifest;
}
