/**
 * Made after the published types of helm-controller (`api/v2`, 1.7) and source-controller (`api/v1`, 1.9): these controllers
 * do not run in the project's tests.
 */

const ready = (message: string, reason = 'Succeeded') => ({
  type: 'Ready',
  status: 'True',
  reason,
  message,
  lastTransitionTime: '2026-11-21T08:20:30Z',
  observedGeneration: 1,
});

export const helmRepository = {
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'HelmRepository',
  metadata: {
    name: 'charts',
    namespace: 'flux-system',
    generation: 1,
    resourceVersion: '40',
  },
  spec: { url: 'https://charts.example/stable', interval: '10m' },
  status: {
    observedGeneration: 1,
    conditions: [ready('stored artifact: revision sha256:5f3a')],
    artifact: { revision: 'sha256:5f3a' },
  },
};

export const helmChart = {
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'HelmChart',
  metadata: {
    name: 'shop-redis',
    namespace: 'flux-system',
    generation: 1,
    resourceVersion: '41',
  },
  spec: {
    chart: 'redis',
    version: '1.2.x',
    sourceRef: { kind: 'HelmRepository', name: 'charts' },
    interval: '10m',
    reconcileStrategy: 'ChartVersion',
  },
  status: {
    observedGeneration: 1,
    observedChartName: 'redis',
    observedSourceArtifactRevision: 'sha256:5f3a',
    conditions: [ready('pulled chart', 'ChartPullSucceeded')],
    artifact: { revision: '1.2.3' },
  },
};

const snapshot = (version: number, status: string, chartVersion: string) => ({
  apiVersion: 'v2',
  digest: `sha256:${version}`,
  name: 'redis',
  namespace: 'shop',
  version,
  status,
  action: version === 1 ? 'install' : 'upgrade',
  chartName: 'redis',
  chartVersion,
  configDigest: 'sha256:c0',
  firstDeployed: '2026-11-21T08:00:00Z',
  lastDeployed: `2026-11-21T08:${version}0:00Z`,
});

export const helmRelease = {
  apiVersion: 'helm.toolkit.fluxcd.io/v2',
  kind: 'HelmRelease',
  metadata: {
    name: 'redis',
    namespace: 'shop',
    generation: 1,
    resourceVersion: '42',
    uid: 'c5c8',
  },
  spec: {
    interval: '10m',
    chart: {
      spec: {
        chart: 'redis',
        version: '1.2.x',
        sourceRef: {
          kind: 'HelmRepository',
          name: 'charts',
          namespace: 'flux-system',
        },
      },
    },
    values: { auth: { password: 'not to be kept' } },
  },
  status: {
    observedGeneration: 1,
    lastAttemptedGeneration: 1,
    lastAttemptedRevision: '1.2.3',
    lastAttemptedReleaseAction: 'upgrade',
    helmChart: 'flux-system/shop-redis',
    storageNamespace: 'shop',
    conditions: [
      ready('Helm upgrade succeeded', 'UpgradeSucceeded'),
      {
        ...ready('Helm upgrade succeeded', 'UpgradeSucceeded'),
        type: 'Released',
        lastTransitionTime: '2026-11-21T08:20:00Z',
      },
    ],
    history: [
      snapshot(2, 'deployed', '1.2.3'),
      snapshot(1, 'superseded', '1.2.2'),
    ],
    inventory: {
      entries: [
        { id: 'shop_redis_apps_StatefulSet', v: 'v1' },
        {
          id: '_system__redis_rbac.authorization.k8s.io_ClusterRole',
          v: 'v1',
        },
      ],
    },
  },
};
