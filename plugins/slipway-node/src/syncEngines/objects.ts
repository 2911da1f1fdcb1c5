import type {
  HealthState,
  ModuleStateOperation,
  Reason,
  SyncState,
} from '@slipway/backstage-plugin-slipway-common';
import type { EngineObjectMaker } from './makers';

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
  /**
   * Its manifests are made from what is there, rather than read: by a chart, an overlay, a plugin, patches or substitutions that the
   * engine object names. Also absent where only the files tell, such as a `kustomization.yaml` among them.
   */
  rendered?: boolean;
  /** The source renders nothing itself: others take value files from it. */
  refOnly?: boolean;
  /** Files and folders of this repository, from its root, that a chart or another source of the object also reads (`$ref/path` value files). */
  alsoReads?: string[];
  /** Commit id that the cluster's state was last compared with. */
  comparedRevision?: string;
  /** Commit id that was last applied with success. */
  appliedRevision?: string;
  /** Why it is not known what was applied last, although something was. */
  appliedUnknown?: Reason;
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
  /** Every sync removes what Git no longer holds; else only one that is asked to. */
  prunes?: boolean;
  /** Namespace of the controller that looks after it, where the engine may have several; absent before it did. */
  controllerNamespace?: string;
  /** When the engine last looked at it, UTC, ISO 8601. */
  reportedAt?: string;
  /** Page of the engine's own user interface that shows it. */
  url?: string;
  /** What made the object itself, and would put back what others change in it. */
  madeBy?: EngineObjectMaker;
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
  /** It takes the place of the namespaces that manifests name. */
  overridesNamespace?: boolean;
}
