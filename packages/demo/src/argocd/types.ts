/** Any Kubernetes object, as JSON. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    generateName?: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    generation?: number;
    creationTimestamp?: string;
    deletionTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    finalizers?: string[];
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

/** Where manifests come from. What the stand-in cannot render is kept, so that it can say so. */
export interface ApplicationSource {
  repoURL: string;
  path?: string;
  targetRevision?: string;
  ref?: string;
  chart?: string;
  directory?: {
    recurse?: boolean;
    include?: string;
    exclude?: string;
    jsonnet?: object;
  };
  helm?: object;
  kustomize?: object;
  plugin?: object;
}

export interface ApplicationDestination {
  server?: string;
  name?: string;
  namespace?: string;
}

/** A sync that was asked for, by a person (top-level `operation`) or by automation. */
export interface Operation {
  initiatedBy?: { username?: string; automated?: boolean };
  retry?: { limit?: number };
  sync?: {
    revision?: string;
    revisions?: string[];
    prune?: boolean;
    dryRun?: boolean;
    resources?: Array<{
      group?: string;
      kind: string;
      name: string;
      namespace?: string;
    }>;
    source?: ApplicationSource;
    sources?: ApplicationSource[];
    syncOptions?: string[];
    syncStrategy?: object;
    autoHealAttemptsCount?: number;
  };
}

export type HealthCode =
  | 'Healthy'
  | 'Suspended'
  | 'Progressing'
  | 'Missing'
  | 'Degraded'
  | 'Unknown';

export type SyncCode = 'Synced' | 'OutOfSync' | 'Unknown';

export type OperationPhase =
  | 'Running'
  | 'Terminating'
  | 'Failed'
  | 'Error'
  | 'Succeeded';

export type SyncPhase = 'PreSync' | 'Sync' | 'PostSync' | 'SyncFail';

/** One row of `status.operationState.syncResult.resources`. */
export interface ResourceResult {
  group: string;
  version: string;
  kind: string;
  namespace: string;
  name: string;
  status?: 'Synced' | 'SyncFailed' | 'Pruned' | 'PruneSkipped';
  message?: string;
  hookType?: SyncPhase;
  hookPhase?: OperationPhase;
  syncPhase: SyncPhase;
  images?: string[];
}

export interface OperationState {
  operation: Operation;
  phase: OperationPhase;
  message?: string;
  startedAt: string;
  finishedAt?: string;
  retryCount?: number;
  syncResult?: {
    resources?: ResourceResult[];
    revision?: string;
    revisions?: string[];
    source?: ApplicationSource;
    sources?: ApplicationSource[];
  };
}

/** One row of `status.resources`. Health is not here: `resourceHealthSource` says `appTree`. */
export interface ResourceStatus {
  group?: string;
  version: string;
  kind: string;
  namespace?: string;
  name: string;
  status?: SyncCode;
  hook?: boolean;
  requiresPruning?: boolean;
  syncWave?: number;
}

export interface ApplicationCondition {
  type: string;
  message: string;
  lastTransitionTime?: string;
}

export interface HistoryEntry {
  id: number;
  deployStartedAt?: string;
  deployedAt: string;
  initiatedBy?: Operation['initiatedBy'];
  revision?: string;
  revisions?: string[];
  source?: ApplicationSource;
  sources?: ApplicationSource[];
}

export interface ApplicationStatus {
  conditions?: ApplicationCondition[];
  controllerNamespace?: string;
  health?: { status: HealthCode; lastTransitionTime?: string };
  history?: HistoryEntry[];
  operationState?: OperationState;
  reconciledAt?: string;
  resourceHealthSource?: string;
  resources?: ResourceStatus[];
  sourceHydrator?: object;
  sourceType?: string;
  sourceTypes?: string[];
  summary?: { images?: string[] };
  sync?: {
    status: SyncCode;
    revision?: string;
    revisions?: string[];
    comparedTo: {
      destination: ApplicationDestination;
      source?: ApplicationSource;
      sources?: ApplicationSource[];
    };
  };
}

/** An Argo CD `Application`, as far as the stand-in reads and writes it. */
export interface Application extends KubernetesObject {
  spec: {
    project?: string;
    source?: ApplicationSource;
    sources?: ApplicationSource[];
    destination: ApplicationDestination;
    syncPolicy?: {
      automated?: {
        prune?: boolean;
        selfHeal?: boolean;
        allowEmpty?: boolean;
        enabled?: boolean;
      };
      syncOptions?: string[];
      retry?: { limit?: number };
    };
  };
  operation?: Operation;
  status?: ApplicationStatus;
}

/** The sources of an Application, however it writes them. */
export function sourcesOf(spec: Application['spec']): ApplicationSource[] {
  return spec.sources?.length
    ? spec.sources
    : [spec.source].filter(source => source !== undefined);
}
