import type {
  Cluster,
  ConfigRepo,
  EngineObjectDetails,
  Environment,
  Module,
  ModuleDetails,
  ModuleResource,
  ModuleState,
} from '@slipway/backstage-plugin-slipway-common';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The time that long ago, as the API writes it. */
export function ago(ms: number): string {
  return new Date(Date.now() - ms).toISOString();
}

export function configRepo(patch: Partial<ConfigRepo> = {}): ConfigRepo {
  return {
    name: 'shop',
    title: '商城',
    url: 'https://git.example/ops/shop.git',
    branch: 'main',
    status: { state: 'Successful', lastReachedAt: ago(12 * SECOND) },
    head: {
      commit: '3fe1c20d8a8f0c9f3f2d6a3c0a6c3e4c91b2d7aa',
      authorName: 'engineer',
      at: ago(3 * HOUR),
      subject: 'Checkout v2.4.0-rc1 to qa',
    },
    stages: ['dev', 'qa', 'uat', 'live'],
    environments: 5,
    unmanagedEnvironments: 1,
    findings: [],
    ...patch,
  };
}

export function environment(patch: Partial<Environment> = {}): Environment {
  return {
    configRepo: 'shop',
    name: 'qa',
    path: 'qa',
    stage: 'qa',
    managed: true,
    targets: [
      {
        cluster: 'centre',
        clusterTitle: '中心',
        namespace: 'shop-qa',
        connection: 'Connected',
        asOf: ago(5 * SECOND),
      },
    ],
    deployStatus: { state: 'Deployed', since: ago(2 * HOUR) },
    modules: {
      total: 6,
      health: { Healthy: 6 },
      sync: { Synced: 6 },
      fileSync: { Current: 6 },
    },
    version: 'v2.4.0-rc1',
    asOf: ago(5 * SECOND),
    lastChange: {
      commit: '3fe1c20d8a8f0c9f3f2d6a3c0a6c3e4c91b2d7aa',
      authorName: 'engineer',
      at: ago(3 * HOUR),
      subject: 'Checkout v2.4.0-rc1 to qa',
    },
    files: 30,
    engineObjects: [],
    findings: [],
    ...patch,
  };
}

export const pod6 = environment({
  configRepo: 'devops',
  name: 'devops-test-pod6',
  title: 'devops测试环境-pod6',
  description: 'devops测试环境-pod6',
  path: 'devops-test-pod6',
  targets: [
    {
      cluster: 'devops-test',
      clusterTitle: 'devops测试专属集群',
      namespace: 'cmccdevops-fit',
      connection: 'Connected',
      asOf: ago(5 * SECOND),
    },
  ],
  modules: {
    total: 12,
    health: { Healthy: 11, Progressing: 1 },
    sync: { Synced: 12 },
    fileSync: { Current: 12 },
  },
});

export const uat = environment({
  name: 'uat',
  path: 'uat',
  stage: 'uat',
  description: 'Acceptance, as live as it gets',
  version: undefined,
  deployStatus: {
    state: 'PartlyDeployed',
    since: ago(20 * MINUTE),
    reason: { code: 'notSynced', params: { modules: 'cart, checkout' } },
  },
  modules: {
    total: 6,
    health: { Healthy: 6 },
    sync: { Synced: 4, OutOfSync: 2 },
    fileSync: { Current: 3, Behind: 3 },
  },
  asOf: ago(14 * MINUTE),
});

export const prod1 = environment({
  name: 'prod1',
  path: 'prod1',
  stage: 'live',
  version: 'v2.3.9',
  targets: [
    {
      cluster: 'gd',
      clusterTitle: '广东',
      namespace: 'shop',
      connection: 'Unreachable',
      asOf: ago(3 * HOUR),
    },
  ],
  deployStatus: {
    state: 'Unknown',
    since: ago(3 * HOUR),
    reason: {
      code: 'clusterUnreachable',
      params: { cluster: 'gd', since: ago(3 * HOUR) },
    },
  },
  modules: {
    total: 12,
    health: { Healthy: 10, Progressing: 2 },
    sync: { Synced: 10, OutOfSync: 2 },
    fileSync: { Current: 12 },
  },
  asOf: ago(3 * HOUR),
});

export const prod2 = environment({
  name: 'prod2',
  path: 'prod2',
  stage: 'live',
  version: 'v2.3.9',
  targets: [
    {
      cluster: 'xj',
      clusterTitle: '新疆',
      namespace: 'shop',
      connection: 'Connected',
      asOf: ago(3 * SECOND),
    },
  ],
  deployStatus: {
    state: 'Deploying',
    since: ago(40 * SECOND),
    reason: { code: 'operationRunning', params: { done: '2', total: '12' } },
  },
  modules: {
    total: 12,
    health: { Healthy: 9, Progressing: 2, Degraded: 1 },
    sync: { Synced: 10, OutOfSync: 2 },
    fileSync: { Current: 11, Diverged: 1 },
  },
});

export const release = environment({
  name: 'release',
  path: 'release',
  stage: 'dev',
  version: undefined,
  lastChange: undefined,
  deployStatus: {
    state: 'NotDeployed',
    reason: {
      code: 'engineObjectMissing',
      params: { module: 'checkout', file: 'apps/release-checkout.yaml' },
    },
  },
  modules: {
    total: 6,
    health: { Unknown: 6 },
    sync: { Unknown: 6 },
    fileSync: { NotDeployed: 6 },
  },
  findings: [
    {
      severity: 'error',
      code: 'targetClusterUnknown',
      params: { cluster: 'nowhere' },
      file: '.slipway/environments/release.yaml',
    },
  ],
});

export const legacyShop = environment({
  name: 'legacy',
  path: 'legacy',
  stage: undefined,
  managed: false,
  version: undefined,
  files: 58,
  engineObjects: [
    {
      engine: 'argocd',
      cluster: 'centre',
      namespace: 'argocd',
      name: 'legacy-shop',
    },
  ],
});

export const environments: Environment[] = [
  release,
  environment(),
  pod6,
  uat,
  prod1,
  prod2,
  legacyShop,
];

function moduleState(patch: Partial<ModuleState> = {}): ModuleState {
  return {
    cluster: 'xj',
    namespace: 'shop',
    health: { state: 'Healthy' },
    sync: { state: 'Synced' },
    fileSync: { state: 'Current' },
    asOf: ago(3 * SECOND),
    stale: false,
    engineObjects: [
      {
        engine: 'argocd',
        cluster: 'centre',
        namespace: 'argocd',
        name: 'prod2-checkout',
      },
    ],
    ...patch,
  };
}

export const modules: Module[] = [
  {
    configRepo: 'shop',
    environment: 'prod2',
    name: 'checkout',
    path: 'prod2/checkout',
    description: 'payments front',
    version: 'v2.3.9',
    lastChange: {
      commit: '7be21f0c8a8f0c9f3f2d6a3c0a6c3e4c91b2d7aa',
      authorName: 'engineer',
      at: ago(3 * HOUR),
      subject: 'Checkout v2.3.9',
    },
    images: ['registry.example/shop/checkout:v2.3.9'],
    states: [moduleState()],
  },
  {
    configRepo: 'shop',
    environment: 'prod2',
    name: 'cart',
    title: '购物车',
    path: 'prod2/cart',
    images: [
      'registry.example/shop/cart:v2.3.9',
      'registry.example/shop/proxy:v1',
    ],
    states: [
      moduleState({
        health: { state: 'Progressing', since: ago(40 * SECOND) },
      }),
      moduleState({
        cluster: 'gd',
        health: { state: 'Degraded', since: ago(4 * HOUR) },
        sync: { state: 'OutOfSync' },
        fileSync: { state: 'Behind', commits: 2 },
        asOf: ago(3 * HOUR),
        stale: true,
      }),
    ],
  },
  {
    configRepo: 'shop',
    environment: 'prod2',
    name: 'search',
    path: 'prod2/search',
    images: [],
    states: [
      moduleState({
        health: {
          state: 'Unknown',
          reason: {
            code: 'comparisonFailed',
            params: { message: 'kustomize build failed: no such file' },
          },
        },
        sync: {
          state: 'Unknown',
          reason: {
            code: 'comparisonFailed',
            params: { message: 'kustomize build failed: no such file' },
          },
        },
      }),
    ],
  },
];

const checkoutObject = modules[0].states[0].engineObjects[0];

export function engineObjectDetails(
  patch: Partial<EngineObjectDetails> = {},
): EngineObjectDetails {
  return {
    ref: checkoutObject,
    url: 'https://argo.example/applications/argocd/prod2-checkout',
    conditions: [],
    health: 'Healthy',
    sync: 'Synced',
    operation: {
      phase: 'Succeeded',
      startedAt: ago(3 * HOUR),
      finishedAt: ago(3 * HOUR - 20 * SECOND),
      message: 'successfully synced (all tasks run)',
    },
    resources: 4,
    modules: 1,
    ...patch,
  };
}

export function moduleDetails(
  patch: Partial<Omit<ModuleDetails, 'module' | 'sequence'>> = {},
): Omit<ModuleDetails, 'module' | 'sequence'> {
  return {
    environmentTitle: undefined,
    stage: 'live',
    managed: true,
    engineObjects: [engineObjectDetails()],
    forgeUrl: 'https://git.example/ops/shop/src/branch/main/prod2/checkout',
    operations: ['refresh', 'sync', 'terminate'],
    operationOptions: ['hard', 'prune', 'dryRun'],
    ...patch,
  };
}

/** In the order in which the engine applied them. */
export const resources: ModuleResource[] = [
  {
    engineObject: checkoutObject,
    group: 'batch',
    version: 'v1',
    kind: 'Job',
    namespace: 'shop',
    name: 'migrate',
    status: 'Synced',
    hookType: 'PreSync',
    hookPhase: 'Succeeded',
    syncPhase: 'PreSync',
    message: 'Reached expected number of succeeded pods',
  },
  {
    engineObject: checkoutObject,
    group: '',
    version: 'v1',
    kind: 'ConfigMap',
    namespace: 'shop',
    name: 'redis',
    status: 'Synced',
    hookPhase: 'Running',
    syncPhase: 'Sync',
    message: 'configmap/redis unchanged',
  },
  {
    engineObject: checkoutObject,
    group: 'apps',
    version: 'v1',
    kind: 'Deployment',
    namespace: 'shop',
    name: 'checkout',
    status: 'SyncFailed',
    health: 'Degraded',
    hookPhase: 'Failed',
    syncPhase: 'Sync',
    message: 'Deployment.apps "checkout" is invalid: field is immutable',
  },
  {
    engineObject: checkoutObject,
    group: '',
    version: 'v1',
    kind: 'Service',
    namespace: 'shop',
    name: 'old-checkout',
    status: 'OutOfSync',
    health: 'Healthy',
    requiresPruning: true,
  },
];

export const clusters: Cluster[] = [
  {
    name: 'centre',
    title: '中心',
    kubernetesVersion: 'v1.35.1',
    environments: 4,
    modules: 24,
    engines: [
      {
        kind: 'argocd',
        connection: 'Connected',
        since: ago(5 * HOUR),
        asOf: ago(2 * SECOND),
        objects: 40,
        lagMilliseconds: 40,
        version: 'v3.5.7',
      },
      {
        kind: 'flux',
        connection: 'Unreachable',
        since: ago(HOUR),
        reason: { code: 'kindNotServed', params: {} },
        objects: 0,
      },
    ],
  },
  {
    name: 'gd',
    title: '广东',
    kubernetesVersion: 'v1.35.1',
    environments: 1,
    modules: 12,
    engines: [
      {
        kind: 'argocd',
        connection: 'Unreachable',
        since: ago(3 * HOUR),
        asOf: ago(3 * HOUR),
        reason: { code: 'timeout', params: { host: 'gd.example' } },
        objects: 12,
        versionReason: {
          code: 'engineVersionForbidden',
          params: {
            object: 'StatefulSet argocd/argocd-application-controller',
          },
        },
      },
    ],
  },
];

export const configRepos: ConfigRepo[] = [
  configRepo(),
  configRepo({
    name: 'devops',
    title: undefined,
    branch: 'master',
    url: 'https://git.example/ops/devops.git',
    status: {
      state: 'Failed',
      lastReachedAt: ago(2 * HOUR),
      reason: { code: 'unauthorized', params: { detail: '401' } },
    },
    environments: 3,
    findings: [
      {
        severity: 'warning',
        code: 'nameMismatch',
        params: {},
        file: '.slipway/environments/pod7.yaml',
        line: 3,
        column: 9,
      },
      {
        severity: 'error',
        code: 'schemaInvalid',
        params: { path: '/spec/targets', expected: 'a list' },
        file: '.slipway/environments/pod8.yaml',
        line: 5,
        column: 3,
      },
    ],
  }),
];
