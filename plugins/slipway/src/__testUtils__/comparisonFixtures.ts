import type {
  EnvironmentComparison,
  FileComparison,
  ModuleComparison,
} from '@slipway/backstage-plugin-slipway-common';

/** A file of the module checkout in uat and prod1. */
export function fileComparison(
  patch: Partial<FileComparison> = {},
): FileComparison {
  const { path = 'deployment.yaml' } = patch;
  return {
    path,
    leftPath: `uat/checkout/${path}`,
    rightPath: `prod1/checkout/${path}`,
    state: 'different',
    differences: [],
    ...patch,
  };
}

export function moduleComparison(
  patch: Partial<ModuleComparison> = {},
): ModuleComparison {
  return { name: 'checkout', state: 'different', files: [], ...patch };
}

/** uat beside prod1, with a module in each state, by name. */
export function comparison(
  patch: Partial<EnvironmentComparison> = {},
): EnvironmentComparison {
  return {
    commit: '3fe1c20d8a8f0c9f3f2d6a3c0a6c3e4c91b2d7aa',
    left: { name: 'uat', stage: 'uat', managed: true, path: 'uat' },
    right: {
      name: 'prod1',
      title: '生产环境',
      stage: 'live',
      managed: true,
      path: 'prod1',
    },
    modules: [
      moduleComparison({
        name: 'appupdate',
        state: 'same',
        files: [
          fileComparison({ path: 'deployment.yaml', state: 'same' }),
          fileComparison({ path: 'service.yaml', state: 'same' }),
        ],
      }),
      moduleComparison({
        name: 'cart',
        title: '购物车',
        state: 'onlyRight',
        files: [
          fileComparison({
            state: 'onlyRight',
            leftPath: undefined,
            rightPath: 'prod1/cart/deployment.yaml',
          }),
        ],
      }),
      moduleComparison({
        files: [
          fileComparison({
            path: 'config.yaml',
            state: 'expected',
            differences: [
              {
                object: 'ConfigMap/checkout',
                path: 'metadata.namespace',
                left: 'shop-uat',
                right: 'shop',
                expected: true,
              },
            ],
          }),
          fileComparison({
            differences: [
              {
                object: 'Deployment/checkout',
                path: 'metadata.namespace',
                left: 'shop-uat',
                right: 'shop',
                expected: true,
              },
              {
                object: 'Deployment/checkout',
                path: 'spec.replicas',
                left: '2',
                right: '5',
                expected: false,
              },
              {
                object: 'Deployment/checkout',
                path: 'spec.paused',
                right: '',
                expected: false,
              },
              {
                object: 'PodDisruptionBudget/checkout',
                path: '',
                right: 'PodDisruptionBudget/checkout',
                expected: false,
              },
              {
                object: 'Secret/checkout',
                path: 'stringData.password',
                left: '⟪masked:1⟫',
                right: '⟪masked:2⟫',
                expected: false,
              },
            ],
            more: 7,
          }),
          fileComparison({ path: 'logo.png', opaque: 'binary' }),
          fileComparison({
            path: 'probe.yaml',
            state: 'onlyLeft',
            rightPath: undefined,
          }),
          fileComparison({ path: 'service.yaml', state: 'same' }),
        ],
      }),
      moduleComparison({
        name: 'search',
        state: 'expected',
        files: [
          fileComparison({
            path: 'ingress.yaml',
            state: 'expected',
            differences: [
              {
                path: 'host',
                left: 'uat.shop.example',
                right: 'shop.example',
                expected: true,
              },
            ],
          }),
        ],
      }),
    ],
    ...patch,
  };
}
