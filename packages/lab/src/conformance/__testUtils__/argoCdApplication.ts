import type { Application } from '../../argocd';
import type { KubernetesObject } from '../../kubernetes';
import { REPOSITORY } from './Subject';

export const ARGOCD_NAMESPACE = 'argocd';

/** An Application that prunes and leaves drift alone. */
export function argoCdApplication(options: {
  subject: string;
  module: string;
  namespace: string;
  git: string;
  /** Whether it is synced by itself, as it is when absent. */
  automated?: boolean;
}): KubernetesObject {
  const { automated = true, git, module, namespace, subject } = options;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: applicationName(subject, module),
      namespace: ARGOCD_NAMESPACE,
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    },
    spec: {
      project: 'default',
      source: {
        repoURL: `${git}/${REPOSITORY}.git`,
        targetRevision: 'main',
        path: `${subject}/${module}`,
      },
      destination: { server: 'https://kubernetes.default.svc', namespace },
      syncPolicy: {
        ...(automated && { automated: { prune: true } }),
        // Else it goes on trying what failed, whatever is pushed meanwhile.
        retry: { limit: 0 },
        syncOptions: ['CreateNamespace=true'],
      },
    },
  };
}

export function applicationPath(subject: string, module: string): string {
  const name = applicationName(subject, module);
  return `/apis/argoproj.io/v1alpha1/namespaces/${ARGOCD_NAMESPACE}/applications/${name}`;
}

/** Whether an Application says that it has delivered a commit and has nothing left to do. */
export function isSyncedTo(
  application: Application | undefined,
  revision: string,
): boolean {
  const { operationState, sync } = application?.status ?? {};
  return (
    sync?.status === 'Synced' &&
    sync.revision === revision &&
    operationState?.phase === 'Succeeded'
  );
}

export function applicationName(subject: string, module: string): string {
  return `${subject}-${module}`;
}
