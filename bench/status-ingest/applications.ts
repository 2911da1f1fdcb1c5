/** What Argo CD's CRD calls the collection. */
export const APPLICATIONS = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  resource: 'applications',
} as const;

const REVISION = '2da283b5caa82f13a0c7c7d84fe1df4b8f20f3c9';
const RESOURCES: Array<[group: string, version: string, kind: string]> = [
  ['', 'v1', 'ConfigMap'],
  ['', 'v1', 'Secret'],
  ['', 'v1', 'Service'],
  ['', 'v1', 'ServiceAccount'],
  ['apps', 'v1', 'Deployment'],
  ['apps', 'v1', 'StatefulSet'],
  ['autoscaling', 'v2', 'HorizontalPodAutoscaler'],
  ['networking.k8s.io', 'v1', 'Ingress'],
  ['networking.k8s.io', 'v1', 'NetworkPolicy'],
  ['policy', 'v1', 'PodDisruptionBudget'],
];

/** An Application as Argo CD 3 leaves it after a sync of ten resources; 100 of them make an environment. */
export function application(index: number) {
  const module = `module-${index % 100}`;
  const environment = `env-${Math.floor(index / 100)}`;
  const source = {
    path: `${environment}/${module}`,
    repoURL: 'https://git.example/ops/shop.git',
    targetRevision: 'main',
  };
  const destination = {
    namespace: environment,
    server: 'https://kubernetes.default.svc',
  };
  const images = [`registry.example/shop/${module}:1.${index}.0`];
  const spec = {
    destination,
    project: 'default',
    source,
    syncPolicy: {
      automated: { prune: true, selfHeal: true },
      syncOptions: ['CreateNamespace=true'],
    },
  };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: `${module}-${environment}`,
      namespace: 'argocd',
      labels: { env: environment, module },
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration':
          JSON.stringify(spec),
      },
    },
    spec,
    status: {
      controllerNamespace: 'argocd',
      health: {
        lastTransitionTime: '2026-11-21T08:03:41Z',
        status: 'Healthy',
      },
      history: Array.from({ length: 10 }, (_, id) => ({
        deployStartedAt: '2026-11-21T08:03:36Z',
        deployedAt: '2026-11-21T08:03:44Z',
        id,
        initiatedBy: { automated: true },
        revision: REVISION,
        source,
      })),
      operationState: {
        finishedAt: '2026-11-21T08:03:44Z',
        message: 'successfully synced (no more tasks)',
        operation: {
          initiatedBy: { automated: true },
          retry: { limit: 5 },
          sync: { prune: true, revision: REVISION, source },
        },
        phase: 'Succeeded',
        startedAt: '2026-11-21T08:03:36Z',
        syncResult: {
          resources: RESOURCES.map(([group, version, kind]) => ({
            group,
            hookPhase: 'Running',
            kind,
            message: `${kind.toLowerCase()}/${module} created`,
            name: module,
            namespace: environment,
            status: 'Synced',
            syncPhase: 'Sync',
            version,
          })),
          revision: REVISION,
          source,
        },
      },
      reconciledAt: '2026-11-21T08:03:44Z',
      resourceHealthSource: 'appTree',
      resources: RESOURCES.map(([group, version, kind]) => ({
        group: group || undefined,
        kind,
        name: module,
        namespace: environment,
        status: 'Synced',
        version,
      })),
      sourceHydrator: {},
      sourceType: 'Directory',
      summary: { images },
      sync: {
        comparedTo: { destination, source },
        revision: REVISION,
        status: 'Synced',
      },
    },
  };
}
