import type { KubernetesObject } from '../kubernetes';

/** An object that a sync was about, as `status.operationState.syncResult.resources` lists them. */
export interface SyncedResource {
  kind: string;
  name: string;
  /** E.g. `configmap/web unchanged`, for people. */
  message?: string;
  /** Of hooks alone. */
  hookType?: string;
}

/** What is read of an `argoproj.io/v1alpha1` Application: what Argo CD says of it. */
export interface Application extends KubernetesObject {
  status?: {
    health?: { status?: string };
    sync?: { status?: string; revision?: string };
    operationState?: {
      phase?: string;
      message?: string;
      syncResult?: { revision?: string; resources?: SyncedResource[] };
    };
  };
}
