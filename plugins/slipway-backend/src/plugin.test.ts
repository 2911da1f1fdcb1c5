import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { EnvironmentPage } from '@slipway/backstage-plugin-slipway-common';
import request from 'supertest';
import { TestRepo } from './git/testUtils/testRepo';
import {
  createSlipwayEnvironmentConditionalDecision,
  slipwayEnvironmentConditions,
} from './permissions';
import { files, startReplica, until } from './__testUtils__/startReplica';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });

type DatabaseId = Parameters<typeof databases.init>[0];

async function start(databaseId: DatabaseId) {
  return startReplica(
    await databases.init(databaseId),
    await TestRepo.create([{ files, message: 'Begin' }]),
  );
}

const byName = (page: EnvironmentPage) =>
  Object.fromEntries(page.items.map(item => [item.name, item]));

describe.each(databases.eachSupportedId())('slipway on %s', databaseId => {
  it('shows every environment with its true status, as Git and the engines change', async () => {
    const { repo, engine, application, get, post, stop } = await start(
      databaseId,
    );
    try {
      const environments = async (query = ''): Promise<EnvironmentPage> =>
        (await get(`/environments?configRepo=shop${query}`).expect(200)).body;
      await until(async () => (await environments()).items.length === 3);

      // Nothing delivers yet: managed, not deployed, and the missing object is named.
      let page = await environments();
      expect(page.items.map(item => item.name)).toEqual([
        'dev',
        'prod1',
        'sandbox',
      ]);
      expect(page).toMatchObject({ managed: 2, unmanaged: 1, total: 3 });
      expect(page.configRepos[0]).toMatchObject({
        title: '商城',
        status: { state: 'Successful' },
        head: { subject: 'Begin', authorName: 'Ann Author' },
        stages: ['dev', 'live'],
      });
      expect(byName(page).dev).toMatchObject({
        managed: true,
        title: 'dev title',
        stage: 'dev',
        path: 'dev',
        deployStatus: {
          state: 'NotDeployed',
          reason: { code: 'engineObjectMissing' },
        },
        modules: { total: 2, fileSync: { NotDeployed: 2 } },
        files: 2,
      });

      const first = await repo.git('rev-parse', 'main');
      await engine.tell(
        'center',
        application('dev', 'checkout', { revision: first }),
        application('dev', 'cart', { revision: first }),
      );
      await engine.tell(
        'gd',
        application('prod1', 'checkout', { cluster: 'gd', revision: first }),
      );
      await until(
        async () =>
          byName(await environments()).prod1.deployStatus.state === 'Deployed',
      );
      page = await environments();
      expect(byName(page).dev).toMatchObject({
        deployStatus: { state: 'Deployed' },
        version: '1.2.0',
        modules: { health: { Healthy: 2 }, fileSync: { Current: 2 } },
        lastChange: { subject: 'Begin' },
        engineObjects: [{ name: 'dev-cart' }, { name: 'dev-checkout' }],
      });
      expect(byName(page).prod1.targets).toMatchObject([
        { cluster: 'gd', clusterTitle: '广东', connection: 'Connected' },
      ]);

      // A commit on one module leaves the others current.
      await repo.commit({
        files: { 'dev/cart/a.yaml': 'a: 2\n' },
        message: 'Raise a',
      });
      await post('/config-repos/shop/refresh').expect(200);
      page = await environments();
      expect(byName(page).dev).toMatchObject({
        deployStatus: { state: 'PartlyDeployed' },
        modules: { fileSync: { Behind: 1, Current: 1 } },
      });
      expect(byName(page).prod1.modules.fileSync).toEqual({ Current: 1 });
      const modules = (await get('/environments/shop/dev/modules').expect(200))
        .body;
      expect(modules.items[0]).toMatchObject({
        name: 'cart',
        path: 'dev/cart',
        states: [
          {
            cluster: 'center',
            namespace: 'shop-dev',
            health: { state: 'Healthy' },
            fileSync: { state: 'Behind', commits: 1 },
            stale: false,
            engineObjects: [{ name: 'dev-cart' }],
          },
        ],
      });

      // A cluster that goes away keeps its last known state, marked.
      await engine.sinks.get('gd')?.connection({
        state: 'Unreachable',
        reason: { code: 'unreachable', params: {} },
      });
      await until(
        async () =>
          byName(await environments()).prod1.deployStatus.state === 'Unknown',
      );
      const stale = (await get('/environments/shop/prod1/modules')).body;
      expect(stale.items[0].states[0]).toMatchObject({
        health: { state: 'Healthy' },
        stale: true,
        asOf: expect.any(String),
      });
      const { body: gd } = await get('/clusters/gd').expect(200);
      expect(gd).toMatchObject({ name: 'gd', engines: [{ objects: 1 }] });
      const clusters = (await get('/clusters').expect(200)).body;
      expect(clusters.items).toMatchObject([
        { name: 'center', environments: 1, modules: 2 },
        {
          name: 'gd',
          engines: [
            {
              kind: 'argocd',
              connection: 'Unreachable',
              reason: { code: 'unreachable' },
              objects: 1,
            },
          ],
        },
      ]);

      // One failing config repo says why; the others go on.
      const repos = (await get('/config-repos').expect(200)).body;
      expect(repos.items).toMatchObject([
        {
          name: 'gone',
          status: { state: 'Failed', reason: { code: 'repositoryNotFound' } },
        },
        { name: 'shop', environments: 2, unmanagedEnvironments: 1 },
      ]);
    } finally {
      await stop();
    }
  });

  it('filters, sorts and pages, within what the caller may read', async () => {
    const knex = await databases.init(databaseId);
    const { permissions, get, stop } = await startReplica(
      knex,
      await TestRepo.create([{ files, message: 'Begin' }]),
    );
    try {
      const list = async (query: string): Promise<string[]> =>
        (await get(`/environments?${query}`).expect(200)).body.items.map(
          (item: { name: string }) => item.name,
        );
      await until(async () => (await list('')).length === 3);

      const cases: Array<[string, string[]]> = [
        ['managed=true', ['dev', 'prod1']],
        ['managed=false', ['sandbox']],
        ['stage=live&stage=dev', ['dev', 'prod1']],
        ['cluster=gd', ['prod1']],
        ['search=DEV', ['dev']],
        ['search=%E5%B9%BF%E4%B8%9C', ['prod1']],
        ['search=%25', []],
        ['deployStatus=Failed', []],
        ['sort=name&order=desc', ['sandbox', 'prod1', 'dev']],
        ['sort=modules&order=desc', ['dev', 'sandbox', 'prod1']],
        ['configRepo=gone', []],
        [
          'entityRef=component%3Adefault%2Fcheckout',
          ['dev', 'prod1', 'sandbox'],
        ],
        ['entityRef=system%3Adefault%2Fshop', ['dev', 'prod1', 'sandbox']],
      ];
      for (const [query, expected] of cases) {
        expect({ query, names: await list(query) }).toEqual({
          query,
          names: expected,
        });
      }

      const firstPage = (await get('/environments?limit=2')).body;
      expect(firstPage.items).toHaveLength(2);
      const secondPage = (
        await get(`/environments?limit=2&cursor=${firstPage.nextCursor}`)
      ).body;
      expect(secondPage.items.map((item: Named) => item.name)).toEqual([
        'sandbox',
      ]);
      expect(secondPage.nextCursor).toBeUndefined();
      await get(
        `/environments?sort=name&cursor=${firstPage.nextCursor}`,
      ).expect(400);
      await get('/environments?limit=0').expect(400);
      await get('/environments?sort=colour').expect(400);
      await get('/environments?entityRef=%3A%3A').expect(400);
      await get('/environments?entityRef=component%3Adefault%2Fnone').expect(
        404,
      );

      const orphan = (
        await get('/environments?entityRef=component%3Adefault%2Forphan')
      ).body;
      expect(orphan).toMatchObject({
        items: [],
        findings: [
          {
            code: 'configRepoNotRegistered',
            params: { configRepo: 'nowhere' },
          },
        ],
      });

      // Conditions of a policy become conditions of the query.
      permissions.authorizeConditional.mockImplementation(async requests =>
        requests.map(({ permission }) => {
          const { conditions, ...decision } =
            createSlipwayEnvironmentConditionalDecision(permission as never, {
              anyOf: [
                slipwayEnvironmentConditions.hasStage({ stages: ['live'] }),
                {
                  not: slipwayEnvironmentConditions.isOwner({
                    claims: ['group:default/shop'],
                  }),
                },
              ],
            });
          return { ...decision, conditions } as never;
        }),
      );
      expect(await list('')).toEqual(['prod1']);
      const repos = (await get('/config-repos')).body;
      expect(repos.items).toMatchObject([{ name: 'shop', environments: 1 }]);
      expect((await get('/clusters')).body.items).toMatchObject([
        { name: 'gd', environments: 1 },
      ]);
      expect((await get('/environments?onCluster=gd')).body).toMatchObject({
        managed: 1,
        total: 1,
      });
      expect((await get('/environments?onCluster=center')).body).toMatchObject({
        managed: 0,
        total: 0,
      });
      // How many objects there are, and the portal's own files, are not for those who may read some environments.
      await knex('cluster_engines')
        .where({ cluster: 'gd' })
        .update({
          reason: JSON.stringify({
            code: 'credentialsUnreadable',
            params: { file: '/run/token', detail: 'ENOENT' },
          }),
        });
      const { body: shown } = await get('/clusters/gd').expect(200);
      expect(shown.engines[0].objects).toBeUndefined();
      expect(shown.engines[0].reason.params).toEqual({ detail: 'ENOENT' });
      await get('/clusters/center').expect(404);

      permissions.authorizeConditional.mockImplementation(async requests =>
        requests.map(() => ({ result: AuthorizeResult.DENY })),
      );
      permissions.authorize.mockImplementation(async requests =>
        requests.map(() => ({ result: AuthorizeResult.DENY })),
      );
      expect(await list('')).toEqual([]);
      await get('/environments/shop/dev').expect(404);
      await get('/environments/shop/dev/modules').expect(404);
      await get('/config-repos/shop').expect(404);
      expect((await get('/clusters')).body.items).toEqual([]);
    } finally {
      await stop();
    }
  });

  it('shares the work between replicas, and goes on when one stops', async () => {
    const knex = await databases.init(databaseId);
    const repo = await TestRepo.create([{ files }]);
    const one = await startReplica(knex, repo);
    await until(
      async () => (await one.get('/environments')).body.items.length === 3,
    );
    const two = await startReplica(knex, repo);
    try {
      const holders = async () =>
        new Set(await knex('leases').pluck('holder')).size;
      expect(await holders()).toBe(1);

      // Any replica answers, whichever of them works on the config repo.
      await repo.commit({
        files: { 'sandbox/cart/a.yaml': 'a: 1\n' },
      });
      await two.post('/config-repos/shop/refresh').expect(200);
      for (const replica of [one, two]) {
        const { body } = await replica.get('/environments/shop/sandbox');
        expect(body.modules.total).toBe(2);
      }

      const before = await knex('leases').select('key', 'fence');
      await one.backend.stop();
      await repo.commit({
        files: { 'sandbox/web/a.yaml': 'a: 1\n' },
      });
      await two.post('/config-repos/shop/refresh').expect(200);
      const { body } = await two.get('/environments/shop/sandbox');
      expect(body.modules.total).toBe(3);
      const after = await knex('leases').where({ key: 'config-repo:shop' });
      expect(Number(after[0].fence)).toBeGreaterThan(
        Number(before.find(row => row.key === 'config-repo:shop')?.fence),
      );
    } finally {
      await two.backend.stop();
      await repo.dispose();
    }
  });

  it('lets no one in without credentials, and no service without restrictions', async () => {
    const { backend, stop } = await start(databaseId);
    try {
      const paths = [
        '/environments',
        '/config-repos',
        '/clusters',
        '/environments/shop/dev',
        '/clusters/gd',
      ];
      const answers = async (authorization: string) =>
        Promise.all(
          paths.map(async path => {
            const { status } = await request(backend.server)
              .get(`/api/slipway${path}`)
              .set('authorization', authorization);
            return status;
          }),
        );
      expect(await answers(mockCredentials.none.header())).toEqual([
        401, 401, 401, 401, 401,
      ]);
      expect(await answers(mockCredentials.service.header())).toEqual([
        403, 403, 403, 403, 403,
      ]);
      const refresh = await request(backend.server)
        .post('/api/slipway/config-repos/shop/refresh')
        .set('authorization', mockCredentials.service.header());
      expect(refresh.status).toBe(403);
    } finally {
      await stop();
    }
  });
});

interface Named {
  name: string;
}
