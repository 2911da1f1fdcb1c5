import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import type {
  ClusterConfig,
  EngineObject,
  SyncEngine,
  SyncEngineWatchOptions,
} from '@slipway/backstage-plugin-slipway-node';
import type { Knex } from 'knex';
import { migrate } from '../database/migrate';
import { currentSequence } from '../database/sequence';
import { DatabaseEngineObjectStore } from '../engineObjects';
import { DatabaseLeaseStore, LeaseKeeper, LeaseLostError } from '../leases';
import { ClusterWatchService } from './ClusterWatchService';
import { DatabaseClusterEngineStore } from './DatabaseClusterEngineStore';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });

async function until(condition: () => boolean | Promise<boolean>) {
  const end = Date.now() + 90_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('It never came to pass');
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

const cluster = (name: string, ...engines: string[]): ClusterConfig => ({
  name,
  engines,
  aliases: [],
  auth: { type: 'inCluster' },
  engineSettings: {},
});

const object = (
  on: string,
  name: string,
  resourceVersion = '1',
): EngineObject => ({
  key: { engine: 'scripted', cluster: on, namespace: 'argocd', name },
  uid: name,
  resourceVersion,
  sources: [{ repoUrl: 'https://git.example/shop', recurse: false }],
  destination: { inCluster: true },
  health: { state: resourceVersion === '1' ? 'Healthy' : 'Degraded' },
  sync: { state: 'Synced' },
  conditions: [],
  images: [],
  resources: [],
});

/** A sync engine whose watches the test plays. */
class ScriptedEngine implements SyncEngine {
  readonly kind = 'scripted';
  readonly watches: Array<
    SyncEngineWatchOptions & { giveUp: (error: Error) => void }
  > = [];

  watch(options: SyncEngineWatchOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      this.watches.push({ ...options, giveUp: reject });
      options.signal.addEventListener('abort', () => resolve());
    });
  }
}

describe.each(databases.eachSupportedId())('watching clusters on %s', id => {
  let knex: Knex;
  let clusterEngines: DatabaseClusterEngineStore;
  let engineObjects: DatabaseEngineObjectStore;
  let stops: Array<() => Promise<void>>;

  beforeEach(async () => {
    knex = await databases.init(id);
    await migrate(mockServices.database({ knex }));
    clusterEngines = DatabaseClusterEngineStore.create({ knex });
    engineObjects = DatabaseEngineObjectStore.create({ knex });
    stops = [];
  });

  afterEach(async () => {
    for (const stop of stops) await stop();
  });

  async function startReplica(holder: string, clusters: ClusterConfig[]) {
    const logger = mockServices.logger.mock({ child: () => logger });
    const engine = new ScriptedEngine();
    const keeper = LeaseKeeper.create({
      store: DatabaseLeaseStore.create({ knex }),
      holder,
      logger,
      ttlMilliseconds: 900,
      renewMilliseconds: 200,
    });
    const notify = jest.fn();
    const service = ClusterWatchService.create({
      clusters,
      engines: new Map([[engine.kind, engine]]),
      leases: keeper,
      // Stores of its own, as another process has
      store: DatabaseClusterEngineStore.create({ knex }),
      engineObjects: DatabaseEngineObjectStore.create({ knex }),
      feed: { notify },
      logger,
      retryMilliseconds: 50,
    });
    const stop = async () => {
      service.stop();
      await keeper.stop();
    };
    stops.push(stop);
    await service.start();
    return { engine, notify, stop };
  }

  const status = async (name: string) =>
    (await clusterEngines.list()).find(each => each.cluster === name)!;

  const names = async () =>
    (await knex('engine_objects').where({ removed: false }).orderBy('id')).map(
      row => row.id,
    );

  it('feeds the read model, and says when and why a cluster cannot be reached', async () => {
    const { engine, notify } = await startReplica('a', [
      cluster('gd', 'scripted'),
      cluster('xj', 'missing'),
      cluster('hub-only'),
    ]);
    expect(await status('gd')).toMatchObject({ connection: 'Connecting' });
    await until(async () => (await status('xj')).connection === 'Unreachable');
    expect(await status('xj')).toMatchObject({
      reason: { code: 'engineNotInstalled', params: { engine: 'missing' } },
      heardAt: undefined,
    });
    expect(await clusterEngines.list()).toHaveLength(2);

    await until(() => engine.watches.length === 1);
    const [{ sink, giveUp, cluster: watched }] = engine.watches;
    expect(watched.name).toBe('gd');
    notify.mockClear();
    // Not awaited one by one: the order holds all the same
    await Promise.all([
      sink.connection({ state: 'Connected', engineVersion: 'v3.5.7' }),
      sink.list({
        objects: [object('gd', 'api'), object('gd', 'web')],
        first: true,
        last: true,
      }),
      sink.apply([{ type: 'remove', key: object('gd', 'web').key }]),
      sink.apply([{ type: 'upsert', object: object('gd', 'web', '2') }]),
      sink.connection({ state: 'Connected' }),
    ]);
    expect(notify).toHaveBeenCalledTimes(4);
    expect(await names()).toEqual([
      'gd/scripted/argocd/api',
      'gd/scripted/argocd/web',
    ]);
    const connected = await status('gd');
    expect(connected).toMatchObject({
      connection: 'Connected',
      engineVersion: 'v3.5.7',
      heardAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });

    const reason = { code: 'timeout', params: {} };
    await sink.connection({ state: 'Unreachable', reason });
    const unreachable = await status('gd');
    // An attempt to reach it does not make it look better
    await sink.connection({ state: 'Connecting' });
    await sink.connection({ state: 'Unreachable', reason });
    expect(await status('gd')).toEqual(unreachable);
    expect(unreachable).toMatchObject({ reason, heardAt: connected.heardAt });

    giveUp(new Error("insert into `targets` values ('shop/prod') - refused"));
    await until(
      async () => (await status('gd')).reason?.code === 'watchFailed',
    );
    expect(await status('gd')).toMatchObject({
      since: unreachable.since,
      heardAt: connected.heardAt,
    });
    expect((await status('gd')).reason?.params).toEqual({});
    await until(() => engine.watches.length === 2);
    const setting = `namespaces must list ${'names '.repeat(1000)}`;
    engine.watches[1].giveUp(new InputError(setting));
    await until(
      async () => (await status('gd')).reason?.params.message !== undefined,
    );
    const { message } = (await status('gd')).reason!.params;
    expect(message).toBe(`${setting.slice(0, 4000)}…`);
    await until(() => engine.watches.length === 3);
    const again = engine.watches[2];
    await again.sink.connection({ state: 'Connected' });
    expect(await status('gd')).toMatchObject({
      connection: 'Connected',
      reason: undefined,
    });

    // The cluster answers, and not for all that the engine wants to see
    const part = { code: 'kindsUnreadable', params: { kinds: 'HelmRelease' } };
    await again.sink.connection({
      state: 'Connected',
      reason: part,
    });
    expect(await status('gd')).toMatchObject({
      connection: 'Connected',
      reason: part,
    });
    await again.sink.connection({ state: 'Connected' });
    expect((await status('gd')).reason).toBeUndefined();

    // What is known of its version stays, unless it is taken back
    expect((await status('gd')).engineVersion).toBe('v3.5.7');
    const engineVersionReason = {
      code: 'engineVersionForbidden',
      params: { object: 'StatefulSet argocd/argocd-application-controller' },
    };
    await again.sink.connection({
      state: 'Connected',
      engineVersionReason,
    });
    await again.sink.connection({ state: 'Connected' });
    expect(await status('gd')).toMatchObject({
      engineVersion: undefined,
      engineVersionReason,
    });
    await again.sink.connection({
      state: 'Connected',
      engineVersion: 'v3.5.8',
    });
    expect(await status('gd')).toMatchObject({
      engineVersion: 'v3.5.8',
      engineVersionReason: undefined,
    });

    // Proofs of life are not changes
    const before = await currentSequence(knex);
    await again.sink.connection({ state: 'Connected' });
    expect(await currentSequence(knex)).toBe(before);
    // Words about other clusters are refused, and nothing slips through after them
    await expect(
      again.sink.apply([{ type: 'remove', key: object('xj', 'api').key }]),
    ).rejects.toThrow("'scripted' on 'xj'");
    await expect(
      again.sink.list({ objects: [], first: true, last: true }),
    ).rejects.toThrow("'scripted' on 'xj'");
    expect(await names()).toHaveLength(2);
  });

  it('hands a cluster over, and lets nobody write who lost it', async () => {
    const clusters = [cluster('gd', 'scripted')];
    const a = await startReplica('a', clusters);
    await until(() => a.engine.watches.length === 1);
    const old = a.engine.watches[0];
    await old.sink.connection({ state: 'Connected' });
    await old.sink.list({
      objects: [object('gd', 'api')],
      first: true,
      last: true,
    });
    const heard = await status('gd');

    const b = await startReplica('b', clusters);
    // As if a had been frozen for longer than its lease
    await knex('leases').update({ holder: 'unfrozen', expires_at: '' });
    await until(() => a.engine.watches.length + b.engine.watches.length === 2);
    const successor = a.engine.watches[1] ?? b.engine.watches[0];
    expect(await status('gd')).toEqual(heard);
    await expect(
      old.sink.apply([{ type: 'upsert', object: object('gd', 'api', '2') }]),
    ).rejects.toThrow();
    await until(() => old.signal.aborted);
    expect(old.signal.reason).toBeInstanceOf(LeaseLostError);
    await successor.sink.list({ objects: [], first: true, last: true });
    expect(await names()).toEqual([]);
  });

  it('drops what is no longer configured', async () => {
    const a = await startReplica('a', [
      cluster('gd', 'scripted'),
      cluster('xj', 'scripted'),
    ]);
    await until(() => a.engine.watches.length === 2);
    for (const watch of a.engine.watches) {
      await watch.sink.list({
        objects: [object(watch.cluster.name, 'api')],
        first: true,
        last: true,
      });
    }
    expect((await status('gd')).lagMilliseconds).toBeGreaterThanOrEqual(0);
    const before = await currentSequence(knex);
    const b = await startReplica('b', [cluster('gd', 'scripted')]);
    expect(b.notify).toHaveBeenCalled();
    expect(await names()).toEqual(['gd/scripted/argocd/api']);
    expect(await clusterEngines.list()).toMatchObject([{ cluster: 'gd' }]);
    const removed: string[] = [];
    for await (const page of engineObjects.changedSince(before, {
      configRepoKeys: ['git.example/shop'],
      configRepo: 'shop',
    })) {
      removed.push(...page.map(each => each.id));
    }
    expect(removed).toEqual(['xj/scripted/argocd/api']);
    const late = a.engine.watches.find(each => each.cluster.name === 'xj')!;
    await expect(late.sink.connection({ state: 'Connected' })).rejects.toThrow(
      LeaseLostError,
    );
    expect(await clusterEngines.configure([cluster('gd', 'scripted')])).toBe(
      false,
    );
  });
});
