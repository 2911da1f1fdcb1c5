import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  notificationService,
  type NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  syncEnginesExtensionPoint,
  type CopyEngineManifestOptions,
  type EngineObject,
  type SyncEngine,
  type SyncEngineOperateOptions,
  type SyncEngineSink,
} from '@slipway/backstage-plugin-slipway-node';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import request from 'supertest';
import type { TestRepo } from '../git/testUtils/testRepo';
import { slipwayPlugin } from '../plugin';

/** An engine that says what the test has it say. */
export class ToldEngine implements SyncEngine {
  readonly kind = 'argocd';
  operations: SyncEngine['operations'];
  marks: SyncEngine['marks'];
  managedResources: SyncEngine['managedResources'];
  resourceHealth: SyncEngine['resourceHealth'];
  operationOptions: SyncEngine['operationOptions'];
  readonly sinks = new Map<string, SyncEngineSink>();

  /** @param present - what is there from the beginning */
  constructor(private readonly present: EngineObject[] = []) {}

  async watch({ cluster, sink, signal }: Parameters<SyncEngine['watch']>[0]) {
    await sink.connection({ state: 'Connected' });
    const objects = this.present.filter(
      ({ key }) => key.cluster === cluster.name,
    );
    await sink.list({ objects, first: true, last: true });
    // What is told before the list would be gone with it.
    this.sinks.set(cluster.name, sink);
    await new Promise(resolve => signal.addEventListener('abort', resolve));
  }

  /** What it was asked; the next answer is `refusal` when there is one. */
  readonly asked: Array<Omit<SyncEngineOperateOptions, 'signal'>> = [];
  refusal: Error | undefined;

  async operate({ signal, ...asked }: SyncEngineOperateOptions) {
    signal.throwIfAborted();
    if (this.refusal) throw this.refusal;
    this.asked.push(asked);
  }

  /** By names alone: what manifests say is for the engines to know. */
  copyManifest({ text = '', from, to }: CopyEngineManifestOptions) {
    const copied = text
      .replaceAll(from.targets[0].namespace, to.targets[0].namespace)
      .replaceAll(from.path, to.path)
      .replaceAll(`${from.environment}-`, `${to.environment}-`);
    return { text: copied, remarks: [] };
  }

  async tell(cluster: string, ...objects: EngineObject[]) {
    await until(() => this.sinks.has(cluster));
    await this.sinks
      .get(cluster)
      ?.apply(objects.map(object => ({ type: 'upsert', object })));
  }
}

export async function until(condition: () => boolean | Promise<boolean>) {
  const end = Date.now() + 90_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('It never came to pass');
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

const REPO_FILE = `
apiVersion: slipway.dev/v1alpha1
kind: ConfigRepo
metadata: { name: shop, title: 商城 }
spec:
  owner: group:default/shop
  ignore: [apps]
  engine: { kind: argocd, manifests: 'apps/{environment}-{module}.yaml' }
  stages: [dev, live]
`;

const environmentFile = (name: string, stage: string, cluster: string) => `
apiVersion: slipway.dev/v1alpha1
kind: Environment
metadata: { name: ${name}, title: ${name} title }
spec:
  targets: [{ cluster: ${cluster}, namespace: shop-${name} }]
  stage: ${stage}
`;

export const files = {
  '.slipway/repo.yaml': REPO_FILE,
  '.slipway/environments/prod1.yaml': environmentFile('prod1', 'live', 'gd'),
  '.slipway/environments/dev.yaml': environmentFile('dev', 'dev', 'center'),
  'dev/checkout/a.yaml': 'a: 1\n',
  'dev/cart/a.yaml': 'a: 1\n',
  'prod1/checkout/a.yaml': 'a: 1\n',
  'sandbox/checkout/a.yaml': 'a: 1\n',
  'apps/dev-checkout.yaml': 'kind: Application\n',
};

export interface StartReplicaOptions {
  /** Engine objects that are there from the beginning. */
  present?: EngineObject[];
  /** Further settings below `slipway`. */
  slipway?: JsonObject;
  integrations?: JsonObject;
  plainSecrets?: string;
  /** API servers of clusters, by name; where none answers when absent. */
  servers?: Record<string, string>;
}

export async function startReplica(
  knex: Knex,
  repo: TestRepo,
  options: StartReplicaOptions = {},
) {
  const engine = new ToldEngine(options.present);
  const permissions = mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(() => ({ result: AuthorizeResult.ALLOW })),
    authorizeConditional: async requests =>
      requests.map(() => ({ result: AuthorizeResult.ALLOW })),
  });
  const notifications: NotificationSendOptions[] = [];
  const backend = await startTestBackend({
    features: [
      slipwayPlugin,
      createBackendModule({
        pluginId: 'slipway',
        moduleId: 'told-engine',
        register: reg =>
          reg.registerInit({
            deps: { engines: syncEnginesExtensionPoint },
            init: async ({ engines }) => engines.addSyncEngine(engine),
          }),
      }),
      catalogServiceMock.factory({
        entities: [
          component('checkout', 'shop', 'checkout'),
          component('orphan', 'nowhere'),
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'System',
            metadata: { name: 'shop', namespace: 'default' },
            relations: [
              { type: 'hasPart', targetRef: 'component:default/checkout' },
            ],
          },
        ],
      }),
      permissions.factory,
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          send: async notification => {
            notifications.push(notification);
          },
        }),
      }),
      mockServices.database.factory({ knex }),
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost:7007' },
          integrations: options.integrations ?? {},
          slipway: {
            ...options.slipway,
            cacheDirectory: repo.directory,
            configRepos: [
              {
                name: 'shop',
                url: repo.server.url('shop.git'),
                plainSecrets: options.plainSecrets,
              },
              { name: 'gone', url: repo.server.url('gone.git') },
            ],
            clusters: ['center', 'gd'].map(name => ({
              name,
              title: name === 'gd' ? '广东' : undefined,
              engines: ['argocd'],
              auth: {
                type: 'serviceAccount',
                server: options.servers?.[name] ?? `https://${name}.test`,
                token: 'token',
              },
            })),
          },
        },
      }),
    ],
  });

  const application = (
    environment: string,
    module: string,
    overrides: Partial<EngineObject> & { cluster?: string; revision?: string },
  ): EngineObject => ({
    key: {
      engine: 'argocd',
      cluster: overrides.cluster ?? 'center',
      namespace: 'argocd',
      name: `${environment}-${module}`,
    },
    uid: `${environment}-${module}`,
    resourceVersion: '1',
    sources: [
      {
        repoUrl: repo.server.url('shop'),
        path: `${environment}/${module}`,
        recurse: false,
        appliedRevision: overrides.revision,
      },
    ],
    destination: { inCluster: true, namespace: `shop-${environment}` },
    health: { state: 'Healthy' },
    sync: { state: 'Synced' },
    operation: { phase: 'Succeeded' },
    conditions: [],
    images: [`registry.example/${module}:1.2.0`],
    resources: [],
    ...overrides,
  });

  return {
    repo,
    engine,
    permissions,
    /** What people were told. */
    notifications,
    application,
    backend,
    get: (path: string) =>
      request(backend.server)
        .get(`/api/slipway${path}`)
        .set('authorization', mockCredentials.user.header()),
    post: (path: string) =>
      request(backend.server)
        .post(`/api/slipway${path}`)
        .set('authorization', mockCredentials.user.header()),
    stop: async () => {
      await backend.stop();
      await repo.dispose();
    },
  };
}

function component(name: string, configRepo: string, module?: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        'slipway.dev/config-repo': configRepo,
        ...(module ? { 'slipway.dev/module': module } : {}),
      },
    },
  };
}
