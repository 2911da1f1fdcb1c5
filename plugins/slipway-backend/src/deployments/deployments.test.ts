import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type {
  Deployment,
  DeploymentPage,
} from '@slipway/backstage-plugin-slipway-common';
import type { EngineObject } from '@slipway/backstage-plugin-slipway-node';
import { files, startReplica, until } from '../__testUtils__/startReplica';
import { DatabaseChangeStore } from '../changes';
import { TestRepo } from '../git/testUtils/testRepo';
import { DatabaseDeploymentStore } from './DatabaseDeploymentStore';
import type { NewDeployment } from './types';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });

const PATH = '/environments/shop/dev/modules/cart/deployments';

const BEGIN = Date.now() - 3_000_000;
const at = (minute: number) => new Date(BEGIN + minute * 60_000).toISOString();

const told = ({ phase, startedAt, change }: Deployment) =>
  [phase, startedAt, change].filter(part => part !== undefined).join(' ');

describe.each(databases.eachSupportedId())('deployments on %s', databaseId => {
  it('are every operation of the engine, once, past what it remembers', async () => {
    const knex = await databases.init(databaseId);
    const repo = await TestRepo.create([{ files, message: 'Begin' }]);
    const first = await repo.git('rev-parse', 'main');
    const second = await repo.commit({
      files: { 'dev/cart/a.yaml': 'a: 2\n' },
      message: 'Second',
    });
    const third = await repo.commit({
      files: { 'dev/checkout/a.yaml': 'a: 2\n' },
      message: 'Third',
    });
    const source = (revision: string) => ({
      repoUrl: repo.server.url('shop.git'),
      path: 'dev/cart',
      revision,
    });
    let version = 1;
    let replica = await startReplica(knex, repo);
    const cart = (overrides: Partial<EngineObject>) => {
      version += 1;
      return replica.application('dev', 'cart', {
        resourceVersion: String(version),
        ...overrides,
      });
    };
    const remembered = [
      {
        startedAt: at(1),
        deployedAt: at(2),
        initiatedBy: 'ann',
        sources: [source(first)],
      },
    ];
    const list = async (query = ''): Promise<DeploymentPage> =>
      (await replica.get(`${PATH}${query}`).expect(200)).body;
    const sees = (...expected: string[]) =>
      until(async () => {
        const { items } = await list();
        return items.map(told).join() === expected.join();
      });
    try {
      // A change of the module, pushed together with one that came after it.
      const changes = DatabaseChangeStore.create({ knex });
      const { id: change } = await changes.insert({
        configRepo: 'shop',
        kind: 'edit',
        message: 'Second',
        author: { name: 'Ann', email: 'a@example.org', entityRef: 'user:a/b' },
        operations: [],
        plan: {
          base: first,
          digest: 'v1:x',
          files: [],
          touches: [],
          places: [],
        },
      });
      await changes.recordAttempts([{ change, base: first, commit: second }]);
      await changes.markPushed([{ change, commit: second }]);

      await until(
        async () =>
          (await replica.get('/environments/shop/dev/modules/cart')).status ===
          200,
      );
      expect(await list()).toEqual({
        items: [],
        sequence: expect.any(Number),
      });

      const running = cart({
        history: remembered,
        operation: { phase: 'Running', startedAt: at(10) },
      });
      await replica.engine.tell('center', running);
      await sees(`Running ${at(10)}`, `Succeeded ${at(1)}`);

      const failed = cart({
        history: remembered,
        operation: {
          phase: 'Failed',
          startedAt: at(10),
          finishedAt: at(11),
          message: 'one or more\0 objects failed',
          revision: third,
          sources: [source(third)],
        },
      });
      await replica.engine.tell('center', failed);
      await sees(`Failed ${at(10)} ${change}`, `Succeeded ${at(1)}`);
      expect((await list()).items).toEqual([
        {
          id: expect.any(Number),
          cluster: 'center',
          namespace: 'shop-dev',
          engineObject: {
            engine: 'argocd',
            cluster: 'center',
            namespace: 'argocd',
            name: 'dev-cart',
          },
          phase: 'Failed',
          startedAt: at(10),
          finishedAt: at(11),
          message: 'one or more objects failed',
          revision: third,
          commit: expect.objectContaining({ subject: 'Third' }),
          change,
        },
        expect.objectContaining({
          phase: 'Succeeded',
          finishedAt: at(2),
          initiatedBy: 'ann',
          revision: first,
          commit: expect.objectContaining({ subject: 'Begin' }),
        }),
      ]);

      // An operation whose end nobody saw, since this replica was away; and nothing is told twice by a restart.
      await replica.engine.tell(
        'center',
        cart({ operation: { phase: 'Running', startedAt: at(20) } }),
      );
      await sees(
        `Running ${at(20)}`,
        `Failed ${at(10)} ${change}`,
        `Succeeded ${at(1)}`,
      );
      await replica.backend.stop();
      const present = [
        cart({
          history: [
            {
              startedAt: at(30),
              deployedAt: at(31),
              sources: [source(third)],
            },
          ],
          operation: {
            phase: 'Succeeded',
            startedAt: at(30),
            finishedAt: at(31),
            sources: [source(third)],
          },
          sources: [
            {
              repoUrl: repo.server.url('shop.git'),
              path: 'dev/cart',
              recurse: false,
              comparedRevision: third,
            },
          ],
        }),
      ];
      replica = await startReplica(knex, repo, { present });
      await sees(
        `Succeeded ${at(30)} ${change}`,
        `Unknown ${at(20)}`,
        `Failed ${at(10)} ${change}`,
        `Succeeded ${at(1)}`,
      );
      expect((await list()).items[0].images).toEqual([
        'registry.example/cart:1.2.0',
      ]);
      await replica.engine.tell(
        'center',
        cart({
          history: [
            { startedAt: at(20), deployedAt: at(25), sources: [source(third)] },
          ],
          operation: { phase: 'Running', startedAt: at(40), dryRun: true },
        }),
      );
      await sees(
        `Succeeded ${at(30)} ${change}`,
        `Succeeded ${at(20)} ${change}`,
        `Failed ${at(10)} ${change}`,
        `Succeeded ${at(1)}`,
      );

      const page = await list('?limit=3');
      const rest = await list(`?limit=3&cursor=${page.nextCursor}`);
      expect([page.items.length, rest.items.length]).toEqual([3, 1]);
      expect(rest.nextCursor).toBeUndefined();

      await replica.get(PATH.replace('cart', 'none')).expect(404);
      await replica.get(`${PATH}?cursor=x`).expect(400);
      replica.permissions.authorizeConditional.mockImplementation(
        async requests =>
          requests.map(() => ({ result: AuthorizeResult.DENY })),
      );
      replica.permissions.authorize.mockImplementation(async requests =>
        requests.map(() => ({ result: AuthorizeResult.DENY })),
      );
      await replica.get(PATH).expect(404);
    } finally {
      await replica.stop();
    }
  });

  it('are kept a thousand for each module and target, and a year', async () => {
    const knex = await databases.init(databaseId);
    const repo = await TestRepo.create([{ files }]);
    const replica = await startReplica(knex, repo);
    try {
      const store = DatabaseDeploymentStore.create({ knex });
      const target = {
        environment: 'dev',
        module: 'cart',
        cluster: 'center',
        namespace: 'shop-dev',
      };
      const old = (startedAt: string, namespace: string): NewDeployment => ({
        ...target,
        namespace,
        engineObjectId: 'center/argocd/argocd/dev-cart',
        engineObject: {
          engine: 'argocd',
          cluster: 'center',
          namespace: 'argocd',
          name: 'dev-cart',
        },
        startedAt,
        phase: 'Succeeded',
      });
      await store.write({
        configRepo: 'shop',
        added: [
          ...Array.from({ length: 1100 }, (_, minute) =>
            old(at(minute - 2000), 'shop-dev'),
          ),
          old(at(-367 * 24 * 60), 'elsewhere'),
          old(at(-300 * 24 * 60), 'elsewhere'),
          // A row that is there already is left alone.
          old(at(-2000), 'elsewhere'),
        ],
        updated: [],
        assertFence: async () => {},
      });
      const count = async (namespace: string) =>
        Number(
          (await knex('deployments').where({ namespace }).count())[0]?.[
            knex.client.config.client === 'pg' ? 'count' : 'count(*)'
          ],
        );
      expect([await count('shop-dev'), await count('elsewhere')]).toEqual([
        1100, 2,
      ]);
      await replica.engine.tell(
        'center',
        replica.application('dev', 'cart', {
          history: [
            { startedAt: at(-1999), deployedAt: at(-1998), sources: [] },
          ],
          operation: { phase: 'Succeeded', startedAt: at(0) },
        }),
      );
      await until(async () => (await count('shop-dev')) === 1000);
      await until(async () => (await count('elsewhere')) === 1);
      const { body } = await replica.get(`${PATH}?limit=1`).expect(200);
      expect(body.items.map(told)).toEqual([`Succeeded ${at(0)}`]);
    } finally {
      await replica.stop();
    }
  });
});
