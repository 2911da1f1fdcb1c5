import type {
  HealthState,
  ModuleStateOperation,
  Reason,
  SyncState,
} from '@slipway/backstage-plugin-slipway-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ClusterConfig } from '../clusters';

/**
 * Names one engine object: an Argo CD Application, a Flux Kustomization.
 *
 * @public
 */
export interface EngineObjectKey {
  /** The sync engine's kind, `argocd` or `flux`. */
  engine: string;
  /** Name of the cluster that the object lives on. */
  cluster: string;
  namespace: string;
  name: string;
  /** Tells objects of the same name apart where the engine has several kinds, such as `HelmRelease`; absent where it has one. */
  kind?: string;
}

/**
 * One place in Git that an engine object reads.
 *
 * @public
 */
export interface EngineSource {
  repoUrl: string;
  /** Folder in the repository, without leading or trailing slash, `''` for its root; absent for a chart or a `ref` only source. */
  path?: string;
  /** Name of the Helm chart that the source installs from a chart repository, of the version `targetRevision`. */
  chart?: string;
  /** Branch, tag, commit id or `HEAD`. */
  targetRevision?: string;
  /** Whether folders below `path` are read as well. */
  recurse: boolean;
  /** Globs on file paths below `path`, as the engine understands them. */
  include?: string;
  exclude?: string;
  /** The source renders nothing itself: others take value files from it. */
  refOnly?: boolean;
  /** Files and folders of this repository, from its root, that a chart or another source of the object also reads (`$ref/path` value files). */
  alsoReads?: string[];
  /** Commit id that the cluster's state was last compared with. */
  comparedRevision?: string;
  /** Commit id that was last applied with success. */
  appliedRevision?: string;
}

/**
 * A row of the engine's last sync result merged with its present list of resources.
 *
 * @public
 */
export interface EngineResource {
  group: string;
  version?: string;
  kind: string;
  namespace: string;
  name: string;
  status?: string;
  health?: HealthState;
  hookType?: string;
  hookPhase?: string;
  syncPhase?: string;
  message?: string;
  requiresPruning?: boolean;
}

/**
 * What of one source an operation delivers. The source may be declared otherwise since.
 *
 * @public
 */
export interface EngineDelivery {
  repoUrl: string;
  /** As in `EngineSource`. */
  path?: string;
  targetRevision?: string;
  /** Commit id, or the version of a chart; absent where the engine does not say. */
  revision?: string;
}

/**
 * An operation of the past that succeeded. Times are UTC, ISO 8601.
 *
 * @public
 */
export interface EngineDeployment {
  /** That of the operation; absent from what old releases of the engine wrote. */
  startedAt?: string;
  deployedAt: string;
  initiatedBy?: string;
  sources: EngineDelivery[];
}

/**
 * What an engine says about one of its objects, in Slipway's words. Serializable as JSON.
 *
 * @public
 */
export interface EngineObject {
  key: EngineObjectKey;
  uid: string;
  resourceVersion: string;
  sources: EngineSource[];
  /** Where it delivers to. */
  destination: EngineDestination;
  health: { state: HealthState; since?: string; reason?: Reason };
  sync: { state: SyncState; reason?: Reason };
  /** The last operation, running or ended. */
  operation?: ModuleStateOperation & {
    /** Commit id that it syncs. */
    revision?: string;
    /** Who asked for it, by the engine's word; absent when the engine did so by itself. */
    initiatedBy?: string;
    /** What it delivers, as far as the engine knows yet. */
    sources?: EngineDelivery[];
    /** It only tries, and delivers nothing. */
    dryRun?: boolean;
  };
  /** What it delivered earlier, oldest first, as far back as the engine remembers; only what succeeded. */
  history?: EngineDeployment[];
  /** Problems that the engine reports, as it words them. */
  conditions: Array<{ type: string; message: string; since?: string }>;
  images: string[];
  resources: EngineResource[];
  /** When the engine last looked at it, UTC, ISO 8601. */
  reportedAt?: string;
  /** Page of the engine's own user interface that shows it. */
  url?: string;
}

/**
 * Where an engine object delivers to, as the engine says it; the backend finds the configured cluster.
 *
 * @public
 */
export interface EngineDestination {
  /** API server URL, absent when named; the cluster that the object lives on is `in-cluster`. */
  server?: string;
  /** The engine's own name of the destination cluster. */
  name?: string;
  /** The destination is the cluster that the object lives on. */
  inCluster: boolean;
  /** Absent when the manifests name their namespaces. */
  namespace?: string;
}

/**
 * Receives what an engine sees on one cluster, in order. Every method resolves when the read model holds it;
 * it rejects when this process no longer may write for the cluster, upon which the engine ends its watch.
 *
 * @public
 */
export interface SyncEngineSink {
  /** The full list, in pages; what is not in any page up to the one with `last` is gone. */
  list(page: {
    objects: EngineObject[];
    first: boolean;
    last: boolean;
  }): Promise<void>;
  /** Changes since the list, in the order in which they came. */
  apply(
    changes: Array<
      | { type: 'upsert'; object: EngineObject }
      | { type: 'remove'; key: EngineObjectKey }
    >,
  ): Promise<void>;
  /** Connection state; `Connected` also counts as hearing from the engine, so call it on bookmarks and idle proofs of life. */
  connection(state: SyncEngineConnection): Promise<void>;
}

/**
 * @public
 */
export type SyncEngineConnection =
  | {
      state: 'Connected';
      engineVersion?: string;
      kubernetesVersion?: string;
      /** What of the engine cannot be seen although the cluster answers. */
      reason?: Reason;
    }
  | { state: 'Connecting' }
  | { state: 'Unreachable'; reason: Reason };

/**
 * @public
 */
export interface SyncEngineWatchOptions {
  cluster: ClusterConfig;
  sink: SyncEngineSink;
  logger: LoggerService;
  /** Ends the watch. */
  signal: AbortSignal;
}

/**
 * What an engine can be asked to do with one of its objects.
 *
 * @public
 */
export type EngineOperation =
  /** Compare with Git anew; `hard` forgets what was rendered before. */
  | { type: 'refresh'; hard?: boolean }
  /** Deliver what the branch holds; `prune` removes what Git no longer holds. */
  | { type: 'sync'; prune?: boolean; dryRun?: boolean; revision?: string }
  /** Stop the sync that runs. */
  | { type: 'terminate' }
  /** Deliver nothing until resumed; what runs goes on. */
  | { type: 'suspend' }
  /** Deliver again. */
  | { type: 'resume' };

/**
 * A way in which an engine may know how to refresh (`hard`) or to sync (`prune`, `dryRun`).
 *
 * @public
 */
export type EngineOperationOption = 'hard' | 'prune' | 'dryRun';

/**
 * @public
 */
export interface SyncEngineOperateOptions {
  cluster: ClusterConfig;
  key: EngineObjectKey;
  operation: EngineOperation;
  /** Name of the person who asks, for the engine's own record. */
  initiatedBy: string;
  signal: AbortSignal;
}

/**
 * @public
 */
export interface SyncEngineResourceHealthOptions {
  cluster: ClusterConfig;
  key: EngineObjectKey;
}

/**
 * How one resource of an engine object is.
 *
 * @public
 */
export interface EngineResourceHealth {
  group: string;
  kind: string;
  namespace: string;
  name: string;
  health: HealthState;
}

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
   * Makes the manifest by which the engine learns of a copy of a module; pure. Absent when the engine is not told by manifests.
   *
   * @returns remarks: `copyEngineMissing` (`module`) where there was none to copy, `copyDestinationUnknown` (`cluster`) where
   * nothing says how the engine knows a cluster, `copyUnparsable` (`message`), `copyNameInvalid` (`name`)
   */
  copyManifest?(options: CopyEngineManifestOptions): CopiedEngineManifest;
}
