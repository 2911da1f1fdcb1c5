import { TestDatabases } from '@backstage/backend-test-utils';
import type { Change } from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import {
  files,
  startReplica,
  until,
} from '../../../__testUtils__/startReplica';
import { TestRepo } from '../../../git/testUtils/testRepo';
import { DatabaseChangeStore } from '../../DatabaseChangeStore';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });

type Replica = Awaited<ReturnType<typeof startReplica>>;

describe.each(databases.eachSupportedId())(
  'commits past Slipway on %s',
  databaseId => {
    let knex: Knex;
    let repo: TestRepo;
    const replicas: Replica[] = [];

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      repo = await TestRepo.create([{ files, message: 'Begin' }]);
    });
    afterEach(async () => {
      await stop();
      await repo.dispose();
    });

    const seen = async (): Promise<string | undefined> =>
      (await knex('change_heads').first())?.commit;
    async function start(): Promise<Replica> {
      const replica = await startReplica(knex, repo, {
        slipway: { follow: { settleSeconds: 0.1 } },
      });
      replicas.push(replica);
      await until(async () => (await seen()) !== undefined);
      return replica;
    }
    async function stop() {
      for (const { backend } of replicas.splice(0)) await backend.stop();
    }
    const isSeen = (commit: string) =>
      until(async () => (await seen()) === commit);
    async function look({ post }: Replica) {
      await post('/config-repos/shop/refresh').expect(200);
      await isSeen(await repo.git('rev-parse', 'main'));
    }
    const changes = () => knex('changes').orderBy('id');

    it('become a change for each push, with what they touch', async () => {
      const replica = await start();
      expect(await changes()).toEqual([]);
      const base = await seen();

      await repo.commit({ files: { 'dev/cart/b.yaml': 'b: 1\n' } });
      const head = await repo.commit({
        message: 'Tidy up\n\nAs agreed',
        files: {
          'dev/cart/a.yaml': 'a: 2\n',
          'dev/checkout/a.yaml': undefined,
          'prod1/checkout/moved.yaml': 'a: 1\n',
          'README.md': 'Read me\n',
        },
      });
      await look(replica);
      const [row] = await changes();
      expect(row).toMatchObject({
        kind: 'external',
        base,
        commit: head,
        title: 'Tidy up',
        message: 'Tidy up\n\nAs agreed',
        author_ref: '',
        reason: null,
      });
      expect(row.author_name).toBe(
        await repo.git('log', '-1', '--format=%an', 'main'),
      );
      // Nothing delivers them: nothing is to be followed, and nobody to be told.
      await until(async () => (await changes())[0].notified_at !== null);
      expect(replica.notifications).toEqual([]);
      const { body } = await replica.get(`/changes/${row.id}`).expect(200);
      const change: Change = body;
      expect(change).toMatchObject({
        summary: {
          kind: 'external',
          state: 'Live',
          modules: [
            { environment: 'dev', module: 'cart' },
            { environment: 'dev', module: 'checkout' },
            { environment: 'prod1', module: 'checkout' },
          ],
        },
        files: [
          { path: 'README.md', status: 'created' },
          { path: 'dev/cart/a.yaml', status: 'modified', module: 'cart' },
          { path: 'dev/cart/b.yaml', status: 'created', module: 'cart' },
          {
            path: 'prod1/checkout/moved.yaml',
            oldPath: 'dev/checkout/a.yaml',
            status: 'renamed',
          },
        ],
        steps: [{ step: 'requested' }, { step: 'pushed' }, { step: 'live' }],
        attempts: [],
      });
      expect(change.summary.authorRef).toBeUndefined();
      expect(
        change.targets.map(({ environment, module, cluster, reason }) =>
          [environment, module, cluster, reason?.code].join(' '),
        ),
      ).toEqual([
        'dev cart center notDeployedYet',
        'dev checkout center moduleRemoved',
        'prod1 checkout gd notDeployedYet',
      ]);
      expect(await knex('change_files').whereNotNull('content')).toEqual([]);

      // A great many files are counted, not listed.
      const many = Object.fromEntries(
        Array.from({ length: 310 }, (_, n) => [
          `prod1/checkout/f${n}`,
          `${n}\n`,
        ]),
      );
      await repo.commit({ files: many });
      await look(replica);
      const [, second] = await changes();
      expect(JSON.parse(second.reason)).toEqual({
        code: 'moreFilesChanged',
        params: { count: '10' },
      });
      expect(
        await knex('change_files').where({ change_id: second.id }),
      ).toHaveLength(300);
    });

    it('are told from those that Slipway sent, whatever it knows of them', async () => {
      const first = await start();
      const base = (await seen())!;
      const store = DatabaseChangeStore.create({ knex });
      const path = 'dev/cart/a.yaml';
      const change = await store.insert({
        configRepo: 'shop',
        kind: 'edit',
        message: 'Ours',
        author: { name: 'Ann', email: 'a@x', entityRef: 'user:default/ann' },
        operations: [{ type: 'write', path, content: Buffer.from('a: 2\n') }],
        plan: {
          base,
          digest: 'v1:1',
          files: [{ path, status: 'modified' }],
          touches: [],
          places: [],
        },
      });
      const before = await repo.commit({ files: { 'docs/1': '1\n' } });
      const ours = await repo.commit({ files: { [path]: 'a: 2\n' } });
      const after = await repo.commit({ files: { 'docs/2': '2\n' } });
      // The process that sent it died before it heard of it.
      await store.recordAttempts([
        { change: change.id, base: before, commit: ours },
      ]);
      await look(first);
      expect(
        (await changes()).slice(1).map(({ kind, commit }) => [kind, commit]),
      ).toEqual([
        ['external', before],
        ['external', after],
      ]);

      // Pushed while nobody looks: found once, by one of two, with Slipway's own taken up again.
      await stop();
      const late = await repo.commit({ files: { 'docs/3': '3\n' } });
      await Promise.all([start(), start()]);
      await isSeen(late);
      await until(async () => (await store.get(change.id))!.state === 'Live');
      expect((await store.get(change.id))!.commit).toBe(ours);
      for (const replica of replicas) {
        await replica.post('/config-repos/shop/refresh').expect(200);
      }
      const all = await changes();
      expect(all.map(({ commit }) => commit)).toEqual([
        ours,
        before,
        after,
        late,
      ]);
      expect(await knex('change_heads')).toHaveLength(1);
    });

    it('are recorded when history was rewritten', async () => {
      const replica = await start();
      await repo.commit({ files: { 'dev/cart/a.yaml': 'a: 2\n' } });
      await look(replica);
      await repo.git('update-ref', 'refs/heads/main', 'main~1');
      await look(replica);
      const other = await repo.commit({
        files: { 'dev/cart/a.yaml': 'a: 3\n' },
      });
      await look(replica);
      const rows = await changes();
      expect(
        rows.map(({ commit, reason }) => [
          commit,
          reason && JSON.parse(reason).code,
        ]),
      ).toEqual([
        [expect.any(String), null],
        [await repo.git('rev-parse', 'main~1'), 'historyRewritten'],
        [other, null],
      ]);
      expect(
        (await knex('change_files').where({ change_id: rows[1].id })).map(
          ({ planned }) => JSON.parse(planned),
        ),
      ).toMatchObject([{ path: 'dev/cart/a.yaml', status: 'modified' }]);
    });
  },
);
