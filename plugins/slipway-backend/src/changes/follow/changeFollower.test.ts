import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Change } from '@slipway/backstage-plugin-slipway-common';
import type { EngineObject } from '@slipway/backstage-plugin-slipway-node';
import type { Knex } from 'knex';
import {
  files,
  startReplica,
  until,
  type StartReplicaOptions,
} from '../../__testUtils__/startReplica';
import { blobObject } from '../../git';
import { TestRepo } from '../../git/testUtils/testRepo';
import { DatabaseChangeStore } from '../DatabaseChangeStore';
import { ChangeExecutor } from '../execute/ChangeExecutor';
import type { NewChange } from '../types';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });
const ANN = {
  name: 'Ann',
  email: 'ann@example.org',
  entityRef: 'user:default/ann',
};
const PATIENT = { follow: { settleSeconds: 0.3 } };

type Replica = Awaited<ReturnType<typeof startReplica>>;

describe.each(databases.eachSupportedId())('following on %s', databaseId => {
  let knex: Knex;
  let repo: TestRepo;
  let directory: string;
  let executor: ChangeExecutor;
  let store: DatabaseChangeStore;
  const replicas: Replica[] = [];
  let version = 0;

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    repo = await TestRepo.create([{ files, message: 'Begin' }]);
    directory = await mkdtemp(join(tmpdir(), 'git-pusher-'));
    const git = await repo.open({ directory });
    store = DatabaseChangeStore.create({ knex });
    executor = ChangeExecutor.create({
      store,
      open: async () => git,
      committer: { name: 'Slipway', email: 'slipway@example.org' },
      logger: mockServices.logger.mock(),
    });
  });
  afterEach(async () => {
    await executor.stop();
    for (const replica of replicas.splice(0)) await replica.backend.stop();
    await repo.dispose();
    await rm(directory, { recursive: true, force: true });
  });

  async function start(options: StartReplicaOptions = { slipway: PATIENT }) {
    const replica = await startReplica(knex, repo, options);
    replicas.push(replica);
    await until(
      async () =>
        (await replica.get('/environments/shop/dev/modules/cart')).status ===
          200 && (await knex('change_heads').first()) !== undefined,
    );
    return replica;
  }

  /** One file of dev/cart, or of another module, for the targets where it goes. */
  async function push(
    text: string,
    { base = 'a: 1\n', path = 'dev/cart/a.yaml', cluster = 'center' } = {},
  ): Promise<{ id: number; commit: string }> {
    const [environment, module] = path.split('/');
    const place = { type: 'module' as const, environment, module };
    const change: NewChange = {
      configRepo: 'shop',
      kind: 'edit',
      message: `Set ${path}`,
      author: ANN,
      operations: [
        {
          type: 'write',
          path,
          content: Buffer.from(text),
          base: blobObject(Buffer.from(base)).oid,
        },
      ],
      plan: {
        base: 'a'.repeat(40),
        digest: 'v1:1',
        files: [{ path, status: 'modified', environment, module }],
        touches: [
          {
            environment,
            module,
            shared: false,
            targets: [{ cluster, namespace: `shop-${environment}` }],
          },
        ],
        places: [{ path, place }],
      },
    };
    const { id } = await store.insert(change);
    executor.wake('shop');
    await executor.ended({ id, configRepo: 'shop' }, 20_000);
    const { commit, reason } = (await store.get(id))!;
    if (!commit) throw new Error(`It is not in the branch: ${reason?.code}`);
    return { id, commit };
  }

  const refresh = (replica: Replica) =>
    replica.post('/config-repos/shop/refresh').expect(200);

  function tell(
    replica: Replica,
    revision: string,
    overrides: Partial<EngineObject> = {},
  ) {
    version += 1;
    return replica.engine.tell(
      'center',
      replica.application('dev', 'cart', {
        revision,
        resourceVersion: String(version + 1),
        ...overrides,
      }),
    );
  }

  async function targetsOf(
    id: number,
  ): Promise<Array<Record<string, unknown>>> {
    const rows = await knex('change_targets').where({ change_id: id });
    return rows.map(({ state, reason, ended }) => ({
      state,
      reason: reason && JSON.parse(reason),
      ended: Boolean(ended),
    }));
  }
  const targetIs = (id: number, state: string, code?: string) =>
    until(async () => {
      const [target] = await targetsOf(id);
      const reason = target.reason as { code: string } | null;
      return target.state === state && reason?.code === code;
    });
  const changeIs = (id: number, state: string) =>
    until(async () => (await store.get(id))!.state === state);
  const told = () => replicas.flatMap(({ notifications }) => notifications);
  const isTold = (id: number) =>
    until(async () => {
      const row = await knex('changes').where({ id }).first();
      return row.notified_at !== null;
    });

  it('goes from waiting to live, through what engines say on the way, once', async () => {
    const replica = await start();
    const before = await repo.git('rev-parse', 'main');
    await tell(replica, before);
    const { id, commit } = await push('a: 2\n');
    await refresh(replica);
    await until(() => replica.engine.asked.length > 0);
    expect(replica.engine.asked).toMatchObject([
      {
        key: { name: 'dev-cart' },
        operation: { type: 'refresh' },
        initiatedBy: 'Slipway',
      },
    ]);
    await new Promise(resolve => setTimeout(resolve, 600));
    expect(await targetsOf(id)).toEqual([
      { state: 'Waiting', reason: null, ended: false },
    ]);

    await tell(replica, before, {
      sync: { state: 'OutOfSync' },
      operation: { phase: 'Running', revision: commit },
    });
    await targetIs(id, 'Progressing');
    // The pods of before are healthy for a moment.
    await tell(replica, commit);
    await tell(replica, commit, { health: { state: 'Progressing' } });
    await new Promise(resolve => setTimeout(resolve, 600));
    expect((await targetsOf(id))[0].state).toBe('Progressing');
    expect(told()).toEqual([]);

    const since = (await store.get(id))!.sequence;
    await tell(replica, commit);
    await changeIs(id, 'Live');
    expect(await targetsOf(id)).toEqual([
      { state: 'Live', reason: null, ended: true },
    ]);
    const change = (await store.get(id))!;
    expect(change.steps.map(({ step }) => step)).toEqual([
      'requested',
      'pushing',
      'pushed',
      'live',
    ]);
    expect(change.sequence).toBeGreaterThan(since);
    await isTold(id);
    await tell(replica, commit, { health: { state: 'Degraded' } });
    await new Promise(resolve => setTimeout(resolve, 600));
    expect((await store.get(id))!.state).toBe('Live');
    expect(told()).toEqual([
      {
        recipients: { type: 'entity', entityRef: ANN.entityRef },
        payload: {
          title: `Change ${id} is live: Set dev/cart/a.yaml`,
          description: 'Config repo shop. dev/cart on center/shop-dev.',
          link: `/slipway/changes/${id}`,
          severity: 'normal',
          topic: 'slipway.change',
          scope: `slipway:change:${id}`,
        },
      },
    ]);
  });

  it('is degraded when the engine fails on it, or makes nothing healthy of it', async () => {
    const replica = await start();
    const before = await repo.git('rev-parse', 'main');
    await tell(replica, before);
    const failing = await push('a: 2\n');
    await refresh(replica);
    // An operation of before says nothing about it.
    await tell(replica, before, {
      operation: { phase: 'Failed', revision: before, message: 'of before' },
    });
    await new Promise(resolve => setTimeout(resolve, 600));
    expect((await targetsOf(failing.id))[0].state).toBe('Waiting');
    await tell(replica, before, {
      sync: { state: 'OutOfSync' },
      operation: {
        phase: 'Failed',
        revision: failing.commit,
        message: 'password: hunter2 is no field',
      },
    });
    await changeIs(failing.id, 'Degraded');
    expect((await store.get(failing.id))!.reason).toEqual({
      code: 'operationFailed',
      params: { module: 'cart', message: 'password: hunter2 is no field' },
    });
    await isTold(failing.id);
    expect(told()).toMatchObject([
      {
        payload: {
          title: expect.stringContaining('is degraded'),
          severity: 'high',
        },
      },
    ]);
    expect(JSON.stringify(told())).not.toContain('hunter2');

    const unhealthy = await push('a: 3\n', { base: 'a: 2\n' });
    await refresh(replica);
    await tell(replica, unhealthy.commit, { health: { state: 'Degraded' } });
    await changeIs(unhealthy.id, 'Degraded');
    expect((await store.get(unhealthy.id))!.reason?.code).toBe(
      'moduleDegraded',
    );

    // Nothing delivers it: nothing to follow.
    const path = 'dev/checkout/a.yaml';
    const undelivered = await push('a: 2\n', { path });
    await refresh(replica);
    await changeIs(undelivered.id, 'Live');
    expect(await targetsOf(undelivered.id)).toMatchObject([
      { state: 'Waiting', reason: { code: 'notDeployedYet' }, ended: true },
    ]);
  });

  it('says what it waits for, and gives up when the time is over', async () => {
    const replica = await start();
    const before = await repo.git('rev-parse', 'main');
    await tell(replica, before);
    const { id, commit } = await push('a: 2\n');
    await refresh(replica);
    const source = replica.application('dev', 'cart', { revision: before })
      .sources[0];
    await tell(replica, before, {
      sync: { state: 'OutOfSync' },
      sources: [{ ...source, comparedRevision: commit }],
    });
    await targetIs(id, 'Waiting', 'waitsForSync');
    await replica.engine.sinks.get('center')!.connection({
      state: 'Unreachable',
      reason: { code: 'timeout', params: {} },
    });
    await targetIs(id, 'Waiting', 'clusterOffline');
    // As if it had been pushed ten minutes ago.
    const pushedAt = new Date(Date.now() - 600_000).toISOString();
    await knex('changes').where({ id }).update({ since: pushedAt });
    await refresh(replica);
    await changeIs(id, 'TimedOut');
    const change = (await store.get(id))!;
    expect(change.reason).toEqual({
      code: 'clusterOffline',
      params: { cluster: 'center' },
    });
    expect(change.steps.at(-1)?.step).toBe('timedOut');
    expect(await targetsOf(id)).toMatchObject([
      { state: 'TimedOut', ended: true },
    ]);
    await isTold(id);
    expect(told()).toHaveLength(1);
  });

  it('is superseded by what wrote over it, and lives on in what did not', async () => {
    const replica = await start();
    const before = await repo.git('rev-parse', 'main');
    await tell(replica, before);
    const first = await push('a: 2\n');
    await refresh(replica);
    const second = await push('a: 3\n', { base: 'a: 2\n' });
    await refresh(replica);
    await targetIs(first.id, 'Superseded', 'supersededBy');
    expect((await targetsOf(first.id))[0].reason).toEqual({
      code: 'supersededBy',
      params: { change: String(second.id) },
    });
    await changeIs(first.id, 'Live');

    // Someone adds a file beside it, past Slipway.
    const head = await repo.commit({ files: { 'dev/cart/b.yaml': 'b: 1\n' } });
    await refresh(replica);
    await until(
      async () =>
        Number((await knex('changes').max('id as id').first())?.id) > second.id,
    );
    expect((await targetsOf(second.id))[0].state).toBe('Waiting');
    await tell(replica, second.commit, { sync: { state: 'OutOfSync' } });
    await changeIs(second.id, 'Live');
    const external = (await store.get(second.id + 1))!;
    expect(external).toMatchObject({
      kind: 'external',
      state: 'Following',
      commit: head,
    });
    await tell(replica, head);
    await changeIs(external.id, 'Live');
  });

  it('goes on after a restart, in one of two replicas', async () => {
    const replica = await start();
    const other = await start();
    const before = await repo.git('rev-parse', 'main');
    // Which of them watches is theirs to agree on.
    const watching = () =>
      replicas.find(one => one.engine.sinks.has('center'))!;
    await until(() => watching() !== undefined);
    await tell(watching(), before);
    const first = await push('a: 2\n');
    await refresh(replica);
    await tell(watching(), first.commit);
    await changeIs(first.id, 'Live');
    await isTold(first.id);
    expect(told()).toHaveLength(1);
    expect(replicas.flatMap(({ engine }) => engine.asked)).toHaveLength(1);

    const second = await push('a: 3\n', { base: 'a: 2\n' });
    await refresh(replica);
    await tell(watching(), first.commit, {
      sync: { state: 'OutOfSync' },
      operation: { phase: 'Running', revision: second.commit },
    });
    await targetIs(second.id, 'Progressing');
    for (const one of [replica, other]) await one.backend.stop();
    replicas.splice(0);
    // While nobody looks, the engine carries it, and someone pushes on.
    const past = await repo.commit({ files: { 'dev/cart/b.yaml': 'b: 1\n' } });
    const again = await start({
      slipway: PATIENT,
      present: [
        {
          ...replica.application('dev', 'cart', { revision: past }),
          resourceVersion: '999',
        },
      ],
    });
    await changeIs(second.id, 'Live');
    await changeIs(second.id + 1, 'Live');
    const { body } = await again.get(`/changes/${second.id + 1}`);
    expect((body as Change).summary ?? {}).toMatchObject({
      kind: 'external',
      commit: past,
    });
    await isTold(second.id);
    expect(told()).toHaveLength(1);
    expect(await knex('changes')).toHaveLength(3);
  });
});
