import type { Condition, KubernetesObject } from '../kubernetes';

/** What is read of a `source.toolkit.fluxcd.io/v1` GitRepository. */
export interface GitRepository extends KubernetesObject {
  status?: { conditions?: Condition[] };
}

/** What is read of a `kustomize.toolkit.fluxcd.io/v1` Kustomization: what Flux says of it. */
export interface Kustomization extends KubernetesObject {
  status?: {
    conditions?: Condition[];
    /** `main@sha1:…` of what is on the cluster. */
    lastAppliedRevision?: string;
    /** The annotation `reconcile.fluxcd.io/requestedAt` that it has acted on. */
    lastHandledReconcileAt?: string;
  };
}

/** The kinds that are waited for, by their names. */
export interface FluxKinds {
  GitRepository: GitRepository;
  Kustomization: Kustomization;
}
