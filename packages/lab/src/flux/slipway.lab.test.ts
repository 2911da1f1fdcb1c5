import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import slipwayModuleFlux from '@slipway/backstage-plugin-slipway-backend-module-flux';
import {
  type ClusterConfig,
  type EngineObject,
  type EngineOperation,
  type SyncEngine,
  type SyncEngineConnection,
  syncEnginesExtensionPoint,
} from '@slipway/backstage-plugin-slipway-node';
import { builtPrograms } from '../build';
import { Cluster } from '../kubernetes';
import { Lab } from '../lab';
import { until } from '../program';
import { EXAMPLE_REPO, seedExample } from '../seed';
import { Flux } from './Flux';
import type { Kustomization } from './types';

const KUSTOMIZATION =
  '/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/flux-web';
const SOURCE =
  '/apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system/gitrepositories/lab';
const SETTINGS = '/api/v1/namespaces/flux/configmaps/web';

const settings = (name: string, greeting: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { GREETING: ${greeting} }\n`;

const isGood = ({ health, sync }: EngineObject) =>
  health.state === 'Healthy' && sync.state === 'Synced';

/** The engine as the backend is given it. */
async function fluxEngine(): Promise<SyncEngine> {
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
  const backend = await startTestBackend({
    features: [slipway, slipwayModuleFlux],
  });
  await backend.stop();
  return engines[0];
}

describe('what Slipway says of a real Flux', () => {
  let lab: Lab;
  let cluster: Cluster;
  let flux: Flux;
  let engine: SyncEngine;
  let config: ClusterConfig;
  let watch: Promise<void>;
  const ended = new AbortController();
  /** All that was said of the Kustomization, `undefined` when it is gone. */
  const told: Array<EngineObject | undefined> = [];
  const connections: SyncEngineConnection[] = [];

  /** Waits for a word that was said at or after a moment, and returns it with where it stands. */
  const toldSince = async (
    moment: number,
    what: string,
    condition: (object: EngineObject) => boolean,
  ) => {
    const isIt = (object: EngineObject | undefined) =>
      object !== undefined && condition(object);
    await until(async () => told.slice(moment).some(isIt), {
      what: `Slipway is told: ${what}`,
    });
    const at = told.slice(moment).findIndex(isIt) + moment;
    return { at, object: told[at]! };
  };

  const push = async (files: Record<string, string | undefined>) =>
    lab.git.commit(EXAMPLE_REPO, 'main', [
      {
        message: 'Change what is delivered',
        author: { name: 'engineer', email: 'engineer@example.com' },
        date: new Date(),
        files: new Map(
          Object.entries(files).map(([name, text]) => [
            `flux/web/${name}.yaml`,
            text,
          ]),
        ),
      },
    ]);

  const operate = (operation: EngineOperation) =>
    engine.operate!({
      cluster: config,
      key: {
        engine: 'flux',
        cluster: cluster.name,
        namespace: 'flux-system',
        name: 'flux-web',
        kind: 'Kustomization',
      },
      operation,
      initiatedBy: 'ann',
      signal: AbortSignal.timeout(20_000),
    });

  const isOn = (revision: string) => (object: EngineObject) =>
    isGood(object) && object.sources[0].appliedRevision === revision;

  beforeAll(async () => {
    lab = await Lab.create({ programs: await builtPrograms() });
    cluster = await lab.addCluster('edge');
    flux = await lab.addFlux(cluster);
    engine = await fluxEngine();
    config = {
      name: cluster.name,
      engines: ['flux'],
      aliases: [],
      auth: {
        type: 'serviceAccount',
        server: cluster.url,
        tokenFile: cluster.slipwayTokenFile,
        caFile: cluster.caFile,
      },
      engineSettings: {},
    };
    watch = engine.watch({
      cluster: config,
      logger: mockServices.logger.mock(),
      signal: ended.signal,
      sink: {
        list: async ({ objects }) => {
          told.push(...objects);
        },
        apply: async changes => {
          for (const change of changes) {
            told.push(change.type === 'upsert' ? change.object : undefined);
          }
        },
        connection: async state => {
          connections.push(state);
        },
      },
    });
  });

  afterAll(async () => {
    ended.abort();
    await watch;
    await lab.stop();
  });

  it('begins when the Kustomization does', async () => {
    await until(async () => connections.at(-1)?.state === 'Connected', {
      what: 'Slipway is connected',
    });
    expect(told).toEqual([]);
    await seedExample({ git: lab.git, flux: cluster, remotes: [] });
    const { at, object } = await toldSince(0, 'it is there and good', isGood);
    // Never before Flux says so itself.
    const { status } = await cluster.admin.get<Kustomization>(KUSTOMIZATION);
    expect(told.slice(0, at).some(one => one && isGood(one))).toBe(false);
    const revision = status?.lastAppliedRevision?.replace('main@sha1:', '');
    expect(revision).toHaveLength(40);
    expect(object).toMatchObject({
      sources: [
        {
          repoUrl: `${lab.git.url}/lab.git`,
          path: 'flux/web',
          targetRevision: 'main',
          appliedRevision: revision,
          comparedRevision: revision,
        },
      ],
      destination: { inCluster: true, namespace: 'flux' },
      operation: { phase: 'Succeeded', revision },
      conditions: [],
    });
    expect(
      object.resources.map(({ kind, name, status: state }) =>
        [kind, name, state].join(' '),
      ),
    ).toEqual([
      'ConfigMap web Synced',
      'Service web Synced',
      'Deployment web Synced',
    ]);
  });

  it('follows a push, with a sync that was asked for', async () => {
    const moment = told.length;
    const revision = await push({ extra: settings('extra', 'moin') });
    await operate({ type: 'sync' });
    const { at, object } = await toldSince(
      moment,
      'the push is delivered',
      isOn(revision),
    );
    expect(object.resources).toContainEqual(
      expect.objectContaining({ kind: 'ConfigMap', name: 'extra' }),
    );
    // It ran from the wish on, under the name of who asked.
    expect(told.slice(moment, at)).toContainEqual(
      expect.objectContaining({
        operation: expect.objectContaining({
          phase: 'Running',
          initiatedBy: 'ann',
        }),
      }),
    );
    const { metadata, status } = await cluster.admin.get<Kustomization>(
      KUSTOMIZATION,
    );
    const asked = metadata.annotations?.['reconcile.fluxcd.io/requestedAt'];
    expect(asked).toBeDefined();
    expect(status?.lastHandledReconcileAt).toBe(asked);
  });

  it('is not good while manifests are broken, and says so in words', async () => {
    const moment = told.length;
    await push({ broken: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {\n' });
    await operate({ type: 'sync' });
    const unreadable = await toldSince(
      moment,
      'it cannot be built',
      ({ health }) => health.reason?.code === 'comparisonFailed',
    );
    expect(unreadable.object).toMatchObject({
      health: { state: 'Unknown' },
      sync: { state: 'Unknown' },
      conditions: [
        {
          type: 'BuildFailed',
          // The folder that Flux unpacks to is not told.
          message: expect.stringMatching(/ flux\/web\/broken\.yaml: /),
        },
      ],
    });

    const refused = await push({
      broken:
        'apiVersion: v1\nkind: Service\nmetadata: { name: broken }\nspec: { ports: [{ port: 0 }] }\n',
    });
    await operate({ type: 'sync' });
    const failed = await toldSince(
      unreadable.at,
      'the API server refuses it',
      ({ operation }) => operation?.phase === 'Failed',
    );
    expect(failed.object).toMatchObject({
      health: { state: 'Degraded' },
      sync: { state: 'OutOfSync' },
      operation: {
        revision: refused,
        message: expect.stringContaining('Service/flux/broken'),
      },
    });
    expect(told.slice(unreadable.at).filter(one => one && isGood(one))).toEqual(
      [],
    );

    const mended = await push({ broken: undefined });
    await operate({ type: 'sync' });
    const { object } = await toldSince(failed.at, 'it is mended', isOn(mended));
    // Another delivery than the one that failed, although what came back was delivered before.
    expect(object.operation?.phase).toBe('Succeeded');
    expect(object.operation?.startedAt).not.toBe(
      failed.object.operation?.startedAt,
    );
  });

  it('no longer names what was pruned', async () => {
    const moment = told.length;
    const revision = await push({ extra: undefined });
    await operate({ type: 'sync' });
    const { object } = await toldSince(moment, 'it is pruned', isOn(revision));
    expect(object.resources.map(({ name }) => name)).not.toContain('extra');
    expect(
      await cluster.admin.find('/api/v1/namespaces/flux/configmaps/extra'),
    ).toBeUndefined();
  });

  it('puts back what was changed past Git, when asked to', async () => {
    const moment = told.length;
    const { data } = await cluster.admin.get(SETTINGS);
    await cluster.admin.mergePatch(SETTINGS, { data: { GREETING: 'drifted' } });
    await operate({ type: 'sync' });
    const running = await toldSince(
      moment,
      'it is looked at',
      ({ operation }) => operation?.phase === 'Running',
    );
    await toldSince(
      running.at,
      'it is over',
      ({ operation }) => operation?.phase === 'Succeeded',
    );
    expect((await cluster.admin.get(SETTINGS)).data).toEqual(data);
  });

  it('suspends and resumes', async () => {
    const moment = told.length;
    await operate({ type: 'suspend' });
    const suspended = await toldSince(
      moment,
      'it is suspended',
      ({ health }) => health.state === 'Suspended',
    );
    expect(suspended.object).toMatchObject({
      sync: { state: 'Synced' },
      operation: { phase: 'Succeeded' },
    });
    await expect(operate({ type: 'sync' })).rejects.toThrow(
      "Kustomization 'flux-web' is suspended and delivers nothing; resume it first",
    );

    const revision = await push({ late: settings('late', 'servus') });
    await operate({ type: 'refresh' });
    const behind = await toldSince(
      suspended.at,
      'the source moved on',
      ({ sync }) => sync.state === 'OutOfSync',
    );
    expect(behind.object.health.state).toBe('Suspended');
    expect(behind.object.operation?.phase).toBe('Succeeded');

    await operate({ type: 'resume' });
    await toldSince(behind.at, 'it is resumed', isOn(revision));
  });

  it('knows its module when the source cannot be read, or is gone', async () => {
    const { spec, metadata } = await cluster.admin.get(SOURCE);
    const moment = told.length;
    await cluster.admin.mergePatch(SOURCE, {
      spec: { url: `${lab.git.url}/none.git` },
    });
    const unread = await toldSince(
      moment,
      'the source cannot be read',
      ({ sync }) => sync.reason?.code === 'comparisonFailed',
    );
    expect(unread.object).toMatchObject({
      health: { state: 'Unknown' },
      sources: [{ repoUrl: `${lab.git.url}/lab.git`, path: 'flux/web' }],
    });

    await cluster.admin.delete(SOURCE);
    const gone = await toldSince(
      unread.at,
      'the source is gone',
      ({ sync }) => sync.reason?.code === 'sourceMissing',
    );
    expect(gone.object).toMatchObject({
      health: { state: 'Unknown' },
      sources: [{ repoUrl: `${lab.git.url}/lab.git`, path: 'flux/web' }],
    });
    await expect(operate({ type: 'sync' })).rejects.toThrow(
      "Kustomization 'flux-web' reads GitRepository flux-system/lab, which is not there",
    );

    const { name, namespace } = metadata;
    await cluster.admin.apply({
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata: { name, namespace },
      spec,
    });
    await toldSince(gone.at, 'all is well again', isGood);
  });

  it('says when it cannot be seen, and what happened meanwhile', async () => {
    const moment = told.length;
    await cluster.link.cut();
    await until(async () => connections.at(-1)?.state === 'Unreachable', {
      what: 'Slipway says that the cluster is cut off',
    });
    await expect(operate({ type: 'sync' })).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
    const revision = await push({ late: undefined });
    await flux.reconcile('GitRepository', 'lab');
    await flux.waitFor(
      'Kustomization',
      'flux-web',
      ({ status }) => status?.lastAppliedRevision === `main@sha1:${revision}`,
    );
    // What was said last stays; nothing is made up, nothing is taken back.
    expect(told.slice(moment)).toEqual([]);

    await cluster.link.restore();
    await toldSince(moment, 'what was missed', isOn(revision));
    await until(async () => connections.at(-1)?.state === 'Connected', {
      what: 'Slipway is connected again',
    });
    expect(told).not.toContain(undefined);
  });

  it('goes on after the API server has started again', async () => {
    await cluster.restart();
    const moment = told.length;
    const revision = await push({ web2: settings('web2', 'moin') });
    await flux.reconcile('GitRepository', 'lab');
    const { at } = await toldSince(
      moment,
      'the push is delivered',
      isOn(revision),
    );
    expect(told.slice(moment, at)).not.toContain(undefined);
  });

  it('names the Kustomization that made another', async () => {
    const moment = told.length;
    await push({
      child: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: child }
spec:
  interval: 10m
  prune: true
  path: ./dev
  sourceRef: { kind: GitRepository, name: none }
`,
    });
    await operate({ type: 'sync' });
    const { object } = await toldSince(
      moment,
      'the child is there',
      ({ key }) => key.name === 'child',
    );
    const { metadata } = await cluster.admin.get(KUSTOMIZATION);
    expect(object).toMatchObject({
      key: { namespace: 'flux' },
      madeBy: {
        kind: 'Kustomization',
        namespace: metadata.namespace,
        name: metadata.name,
      },
    });
    // The seed was applied by hand.
    expect(told[0]?.madeBy).toBeUndefined();
  });
});
