import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  type SyncEngine,
  syncEnginesExtensionPoint,
  type SyncEngineSink,
} from '@slipway/backstage-plugin-slipway-node';
import gitRepository from './__fixtures__/gitRepository.json';
import {
  helmChart,
  helmRelease,
  helmRepository,
} from './__fixtures__/helmRelease';
import kustomization from './__fixtures__/kustomization.json';
import { FluxSyncEngine } from './FluxSyncEngine';
import slipwayModuleFlux from './index';
import { FLUX_KINDS } from './kinds';
import { FluxCluster, until } from './testUtils/FluxCluster';

// Back-off takes its time.
jest.setTimeout(60_000);

const everything = [
  gitRepository,
  kustomization,
  helmRepository,
  helmChart,
  helmRelease,
];

const next = {
  ...gitRepository,
  status: {
    ...gitRepository.status,
    artifact: { revision: `main@sha1:${'b'.repeat(40)}` },
  },
};

/** Writes down what it is told. */
function listen(told: string[]): SyncEngineSink {
  const line = ({
    key,
    sync,
    health,
  }: Parameters<SyncEngineSink['list']>[0]['objects'][0]) =>
    [key.kind, key.name, health.state, sync.state, sync.reason?.code]
      .filter(Boolean)
      .join(' ');
  return {
    async list({ objects, first, last, unread = [] }) {
      const part = [
        `${first ? 'first' : ''}${last ? 'last' : ''}`,
        ...unread.map(({ kind, reason }) => `without ${kind} ${reason.code}`),
      ].join(' ');
      told.push(`list ${part}: ${objects.map(line).join(', ')}`);
    },
    async apply(changes) {
      for (const change of changes) {
        told.push(
          change.type === 'upsert'
            ? line(change.object)
            : `gone ${change.key.kind} ${change.key.name}`,
        );
      }
    },
    async connection(state) {
      const reason = 'reason' in state ? state.reason : undefined;
      const text = [
        state.state,
        'kubernetesVersion' in state && state.kubernetesVersion,
        'engineVersion' in state && state.engineVersion,
        'engineVersionReason' in state && state.engineVersionReason?.code,
        reason?.code,
        reason?.params.kinds,
      ]
        .filter(Boolean)
        .join(' ');
      if (told.at(-1) !== text) told.push(text);
    },
  };
}

async function watching(
  cluster: FluxCluster,
  play: (told: string[]) => Promise<void>,
): Promise<void> {
  const told: string[] = [];
  const controller = new AbortController();
  const watch = FluxSyncEngine.create().watch({
    cluster: cluster.config(),
    sink: listen(told),
    logger: mockServices.logger.mock(),
    signal: controller.signal,
  });
  try {
    await play(told);
  } finally {
    controller.abort();
    await watch;
    await cluster.stop();
  }
}

const connected = 'Connected v1.35.0 v2.9.0';
const has = (told: string[], line: string) => until(() => told.includes(line));
const both =
  'list firstlast: Kustomization web-dev Healthy Synced, HelmRelease redis Healthy Synced';

describe('FluxSyncEngine', () => {
  it.each([
    ['no label', {}, 'engineVersionNotTold'],
    ['no right', undefined, 'engineVersionForbidden'],
  ])('says why its version is not known: %s', async (_, labels, code) => {
    const cluster = await FluxCluster.start();
    cluster.labels = labels;
    await watching(cluster, async told => {
      await until(() => told.length > 2);
      expect(told.at(-1)).toBe(`Connected v1.35.0 ${code}`);
    });
  });

  it('joins what delivers with its sources, and tells it anew when they change', async () => {
    const cluster = await FluxCluster.start(...everything);
    await watching(cluster, async told => {
      await has(told, connected);
      expect(told).toEqual(['Connecting', both, connected]);
      // One list and one watch for each kind.
      await until(() => cluster.requests.length === 2 * FLUX_KINDS.length);
      expect([...cluster.requests].sort()).toEqual(
        FLUX_KINDS.flatMap(kind => [`${kind} list`, `${kind} watch`]).sort(),
      );

      cluster.put(next);
      await has(told, 'Kustomization web-dev Healthy OutOfSync');
      cluster.remove('HelmChart', 'shop-redis');
      await has(told, 'HelmRelease redis Unknown Unknown sourceMissing');
      cluster.put(helmChart);
      await has(told, 'HelmRelease redis Healthy Synced');
      cluster.remove('Kustomization', 'web-dev');
      await has(told, 'gone Kustomization web-dev');
      // It has no readers now.
      cluster.put(gitRepository);
      cluster.put({
        ...helmRelease,
        spec: { ...helmRelease.spec, suspend: true },
      });
      await has(told, 'HelmRelease redis Suspended Synced');
      expect(told.slice(3)).toEqual([
        'Kustomization web-dev Healthy OutOfSync',
        'HelmRelease redis Unknown Unknown sourceMissing',
        'HelmRelease redis Healthy Synced',
        'gone Kustomization web-dev',
        'HelmRelease redis Suspended Synced',
      ]);
    });
  });

  it('goes on without a kind that is not there or that may not be read, and says so', async () => {
    const cluster = await FluxCluster.start(...everything);
    cluster.refusals.set('HelmRelease', 404);
    cluster.refusals.set('Bucket', 404);
    cluster.refusals.set('GitRepository', 403);
    await watching(cluster, async told => {
      await has(told, `${connected} kindsUnreadable GitRepository`);
      const web = 'Kustomization web-dev Unknown Unknown sourceUnreadable';
      expect(told).toContain(
        `list firstlast without HelmRelease kindNotServed: ${web}`,
      );
      // Believed the second time.
      await has(told, `list firstlast: ${web}`);
      cluster.refusals.delete('GitRepository');
      await has(told, 'Kustomization web-dev Healthy Synced');
      await has(told, `${connected} kindsNotServed HelmRelease, Bucket`);
      cluster.refusals.clear();
      await has(told, both);
      await has(told, connected);
    });
  });

  it('takes nothing away that it may not see, and does not show it as if it did', async () => {
    const cluster = await FluxCluster.start(...everything);
    cluster.refusals.set('HelmRelease', 403);
    await watching(cluster, async told => {
      await has(told, `${connected} kindsUnreadable HelmRelease`);
      const without = 'list firstlast without HelmRelease forbidden:';
      expect(told.slice(1, -1)).toEqual([
        `${without} Kustomization web-dev Healthy Synced`,
      ]);
      // Of what can be read it takes away what went while nobody watched.
      await cluster.refuse('Kustomization', 503, { forget: true });
      cluster.remove('Kustomization', 'web-dev');
      cluster.refusals.delete('Kustomization');
      await has(told, `${without} `);
      cluster.put(kustomization);
      await has(told, 'Kustomization web-dev Healthy Synced');
      cluster.refusals.clear();
      await has(told, both);
      for (const [status, forget, code] of [
        [403, true, 'forbidden'],
        [404, false, 'kindNotServed'],
      ] as const) {
        told.length = 0;
        await cluster.refuse('HelmRelease', status, { forget });
        await has(told, `HelmRelease redis Unknown Unknown ${code}`);
        cluster.refusals.clear();
        // What comes after either may be another view: it is listed anew.
        await has(told, both);
        await has(told, connected);
      }
    });
  });

  it('says that a cluster cannot be reached, whatever the kind', async () => {
    const cluster = await FluxCluster.start();
    for (const kind of FLUX_KINDS) cluster.refusals.set(kind, 401);
    await watching(cluster, async told => {
      await has(told, 'Unreachable unauthorized');
      for (const kind of FLUX_KINDS) cluster.refusals.set(kind, 404);
      await has(told, 'Unreachable kindNotServed');
      cluster.refusals.clear();
      for (const object of everything) cluster.put(object);
      await has(told, connected);
      // In whichever order the kinds come back.
      for (const state of [
        'Kustomization web-dev Healthy Synced',
        'HelmRelease redis Healthy Synced',
      ]) {
        expect(told.join()).toContain(state);
      }
    });
  });

  it('ends when it may no longer write', async () => {
    const cluster = await FluxCluster.start(...everything);
    const lost = new Error('another process took over');
    try {
      await expect(
        FluxSyncEngine.create().watch({
          cluster: cluster.config(),
          sink: { ...listen([]), list: () => Promise.reject(lost) },
          logger: mockServices.logger.mock(),
          signal: new AbortController().signal,
        }),
      ).rejects.toThrow(lost);
    } finally {
      await cluster.stop();
    }
  });

  it('refuses settings that cannot be used', async () => {
    const cluster = await FluxCluster.start();
    try {
      await expect(
        FluxSyncEngine.create().watch({
          cluster: cluster.config({ namespaces: ['Not/One'] }),
          sink: listen([]),
          logger: mockServices.logger.mock(),
          signal: new AbortController().signal,
        }),
      ).rejects.toThrow(
        'namespaces in the flux settings of the cluster "gd" in slipway.clusters must list namespace names',
      );
    } finally {
      await cluster.stop();
    }
  });

  it('adds itself to the sync engines', async () => {
    const engines: SyncEngine[] = [];
    const slipway = createBackendPlugin({
      pluginId: 'slipway',
      register(env) {
        env.registerExtensionPoint(syncEnginesExtensionPoint, {
          addSyncEngine: engine => engines.push(engine),
        });
        env.registerInit({ deps: {}, async init() {} });
      },
    });
    await startTestBackend({ features: [slipway, slipwayModuleFlux] });
    expect(engines.map(({ kind }) => kind)).toEqual(['flux']);
  });
});
