import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type {
  FoundModulePage,
  ModuleDetails,
  ModuleResourcePage,
} from '@slipway/backstage-plugin-slipway-common';
import type { EngineResource } from '@slipway/backstage-plugin-slipway-node';
import { TestRepo } from '../git/testUtils/testRepo';
import {
  createSlipwayEnvironmentConditionalDecision,
  slipwayEnvironmentConditions,
} from '../permissions';
import { files, startReplica, until } from '../__testUtils__/startReplica';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });

const resource = (
  kind: string,
  name: string,
  rest: Partial<EngineResource> = {},
): EngineResource => ({ group: '', kind, namespace: 'shop', name, ...rest });

const RESOURCES = [
  resource('Job', 'migrate', {
    status: 'Synced',
    hookType: 'PreSync',
    hookPhase: 'Succeeded',
    syncPhase: 'PreSync',
  }),
  resource('ConfigMap', 'settings', {
    status: 'Synced',
    message: 'configmap/settings unchanged',
  }),
  resource('Deployment', 'cart', {
    status: 'OutOfSync',
    health: 'Degraded',
    hookPhase: 'Running',
  }),
  resource('Service', 'cart', { status: 'Synced', health: 'Healthy' }),
];

const names = (page: FoundModulePage) =>
  page.items.map(({ module }) => `${module.environment}/${module.name}`);

describe.each(databases.eachSupportedId())('modules on %s', databaseId => {
  it('are told with what their engine objects say, and since when they are so', async () => {
    const knex = await databases.init(databaseId);
    const repo = await TestRepo.create([{ files, message: 'Begin' }]);
    const first = await startReplica(knex, repo);
    const { engine, application } = first;
    let { get, backend } = first;
    const read = async (): Promise<ModuleDetails> =>
      (await get('/environments/shop/dev/modules/cart').expect(200)).body;
    try {
      await until(
        async () =>
          (await get('/environments/shop/dev/modules/cart')).status === 200,
      );
      expect(await read()).toMatchObject({
        managed: true,
        stage: 'dev',
        environmentTitle: 'dev title',
        engineObjects: [],
        operations: [],
        operationOptions: [],
        module: {
          states: [
            {
              sync: {
                state: 'Unknown',
                since: expect.any(String),
                reason: { code: 'engineObjectMissing' },
              },
            },
          ],
        },
      });

      const revision = await repo.git('rev-parse', 'main');
      const told = application('dev', 'cart', {
        revision,
        health: { state: 'Degraded', since: '2026-01-01T00:00:00Z' },
        sync: { state: 'OutOfSync' },
        operation: {
          phase: 'Failed',
          message: 'one or more objects failed to apply',
          revision,
          initiatedBy: 'ann',
        },
        conditions: [{ type: 'SyncError', message: 'it did not go' }],
        resources: RESOURCES,
        url: 'https://argocd.example/applications/argocd/dev-cart',
        madeBy: {
          kind: 'Application',
          name: 'root',
          engineObject: {
            engine: 'argocd',
            namespace: 'argocd',
            name: 'infra-root',
          },
          listedAs: { group: 'argoproj.io', kind: 'Application' },
        },
      });
      const root = application('infra', 'root', {
        sources: [],
        url: 'https://argocd.example/applications/argocd/infra-root',
        resources: [
          {
            group: 'argoproj.io',
            kind: 'Application',
            namespace: 'argocd',
            name: 'dev-cart',
          },
        ],
      });
      await engine.tell('center', root, told);
      await until(async () => (await read()).engineObjects.length === 1);
      const details = await read();
      expect(details).toMatchObject({
        module: {
          version: '1.2.0',
          lastChange: { subject: 'Begin' },
          states: [
            {
              health: { state: 'Degraded', since: '2026-01-01T00:00:00Z' },
              sync: { state: 'OutOfSync', since: expect.any(String) },
              fileSync: { state: 'Current', since: expect.any(String) },
            },
          ],
        },
        engineObjects: [
          {
            ref: { engine: 'argocd', cluster: 'center', name: 'dev-cart' },
            url: 'https://argocd.example/applications/argocd/dev-cart',
            conditions: [{ type: 'SyncError', message: 'it did not go' }],
            health: 'Degraded',
            sync: 'OutOfSync',
            operation: { phase: 'Failed', revision, initiatedBy: 'ann' },
            resources: 4,
            modules: 1,
            madeBy: {
              kind: 'Application',
              name: 'root',
              namespace: 'argocd',
              cluster: 'center',
              url: 'https://argocd.example/applications/argocd/infra-root',
            },
          },
        ],
      });
      await get('/environments/shop/dev/modules/none').expect(404);

      // A restart remembers since when; what changes begins anew.
      await backend.stop();
      ({ get, backend } = await startReplica(knex, repo, {
        present: [{ ...told, resourceVersion: '2', sync: { state: 'Synced' } }],
      }));
      await until(
        async () =>
          (await read()).module.states[0].sync.state === 'Synced' &&
          (await read()).engineObjects[0].sync === 'Synced',
      );
      const [before] = details.module.states;
      const [after] = (await read()).module.states;
      expect(after.fileSync).toEqual(before.fileSync);
      expect(Date.parse(after.sync.since!)).toBeGreaterThan(
        Date.parse(before.sync.since!),
      );
    } finally {
      await backend.stop();
      await repo.dispose();
    }
  });

  it('show their resources, filtered, sorted and in pages', async () => {
    const { repo, engine, application, get, stop } = await startReplica(
      await databases.init(databaseId),
      await TestRepo.create([{ files, message: 'Begin' }]),
    );
    const list = async (query = ''): Promise<ModuleResourcePage> =>
      (
        await get(
          `/environments/shop/dev/modules/cart/resources?${query}`,
        ).expect(200)
      ).body;
    try {
      await engine.tell(
        'center',
        application('dev', 'cart', {
          revision: await repo.git('rev-parse', 'main'),
          resources: RESOURCES,
        }),
      );
      await until(
        async () =>
          (
            await get('/environments/shop/dev/modules/cart/resources')
          ).body.total === 4,
      );
      const page = await list();
      expect(page.items).toMatchObject(RESOURCES);
      expect(page.items[0].engineObject).toEqual({
        engine: 'argocd',
        cluster: 'center',
        namespace: 'argocd',
        name: 'dev-cart',
      });
      expect(page.facets).toEqual({
        kinds: { Job: 1, ConfigMap: 1, Deployment: 1, Service: 1 },
        states: {
          Synced: 3,
          OutOfSync: 1,
          Succeeded: 1,
          Running: 1,
          Degraded: 1,
          Healthy: 1,
        },
      });
      const cases: Array<[string, string[]]> = [
        ['kind=Job&kind=Service', ['migrate', 'cart']],
        ['state=Running', ['cart']],
        ['state=Healthy&state=Succeeded', ['migrate', 'cart']],
        ['search=SETTINGS%20unchanged', ['settings']],
        ['sort=kind', ['settings', 'cart', 'migrate', 'cart']],
        ['order=desc', ['cart', 'cart', 'settings', 'migrate']],
        ['sort=name&order=desc', ['settings', 'migrate', 'cart', 'cart']],
      ];
      for (const [query, expected] of cases) {
        const { items, total } = await list(query);
        expect({ query, names: items.map(({ name }) => name) }).toEqual({
          query,
          names: expected,
        });
        expect(total).toBe(expected.length);
      }
      const first = await list('sort=kind&limit=3');
      const rest = await list(`sort=kind&cursor=${first.nextCursor}`);
      expect(rest.items).toMatchObject([{ kind: 'Service' }]);
      expect(rest.nextCursor).toBeUndefined();
      for (const query of [
        `cursor=${first.nextCursor}`,
        'cursor=x',
        'sort=colour',
      ]) {
        await get(
          `/environments/shop/dev/modules/cart/resources?${query}`,
        ).expect(400);
      }
      await get('/environments/shop/dev/modules/none/resources').expect(404);

      engine.resourceHealth = async () =>
        [RESOURCES[1], RESOURCES[2]].map(
          ({ group, kind, namespace, name }) => ({
            group,
            kind,
            namespace,
            name,
            health: 'Progressing',
          }),
        );
      const health = async () =>
        (await list()).items.map(item => item.health ?? '');
      // What an engine object says is not asked for again.
      expect(await health()).toEqual([
        '',
        'Progressing',
        'Degraded',
        'Healthy',
      ]);
      engine.resourceHealth = async () => {
        throw new Error('away');
      };
      expect(await health()).toEqual(['', '', 'Degraded', 'Healthy']);
    } finally {
      await stop();
    }
  });

  it('are found across environments, within what the caller may read', async () => {
    const { repo, engine, application, permissions, get, stop } =
      await startReplica(
        await databases.init(databaseId),
        await TestRepo.create([{ files, message: 'Begin' }]),
      );
    const find = async (query = ''): Promise<FoundModulePage> =>
      (await get(`/modules?${query}`).expect(200)).body;
    try {
      const revision = await repo.git('rev-parse', 'main');
      await engine.tell(
        'center',
        application('dev', 'cart', {
          revision,
          health: { state: 'Degraded' },
        }),
        application('dev', 'checkout', { revision }),
      );
      await until(async () => (await find()).facets.fileSync.Current === 2);
      const all = await find();
      expect(names(all)).toEqual([
        'dev/cart',
        'dev/checkout',
        'prod1/checkout',
        'sandbox/checkout',
      ]);
      expect(all).toMatchObject({
        total: 4,
        items: [
          { managed: true, stage: 'dev', environmentTitle: 'dev title' },
          {},
          { stage: 'live' },
          { managed: false },
        ],
        facets: {
          health: { Degraded: 1, Healthy: 1, Unknown: 2 },
          sync: { Synced: 2, Unknown: 2 },
          fileSync: { Current: 2, NotDeployed: 2 },
          environments: [
            { configRepo: 'shop', name: 'dev', title: 'dev title' },
            { name: 'prod1' },
            { name: 'sandbox' },
          ],
        },
        findings: [],
      });

      const checkouts = ['dev/checkout', 'prod1/checkout', 'sandbox/checkout'];
      const cases: Array<[string, string[]]> = [
        ['health=Degraded', ['dev/cart']],
        ['health=Degraded&health=Healthy', ['dev/cart', 'dev/checkout']],
        ['sync=Synced&fileSync=Current&health=Healthy', ['dev/checkout']],
        ['fileSync=NotDeployed', ['prod1/checkout', 'sandbox/checkout']],
        ['environment=dev&module=cart', ['dev/cart']],
        ['search=REGISTRY%20cart%3A1.2', ['dev/cart']],
        ['search=%25', []],
        ['configRepo=gone', []],
        ['entityRef=component%3Adefault%2Fcheckout', checkouts],
        ['entityRef=system%3Adefault%2Fshop', checkouts],
      ];
      for (const [query, expected] of cases) {
        const page = await find(query);
        expect({ query, names: names(page) }).toEqual({
          query,
          names: expected,
        });
        expect(page.total).toBe(expected.length);
      }
      expect(
        (await find('entityRef=component%3Adefault%2Fcheckout')).facets,
      ).toMatchObject({ fileSync: { Current: 1, NotDeployed: 2 } });
      expect(
        (await find('entityRef=component%3Adefault%2Forphan')).findings,
      ).toMatchObject([{ code: 'configRepoNotRegistered' }]);

      const first = await find('limit=3');
      const rest = await find(`limit=3&cursor=${first.nextCursor}`);
      expect([...names(first), ...names(rest)]).toEqual(names(all));
      expect(rest.nextCursor).toBeUndefined();
      for (const query of ['cursor=x', 'health=Fine', 'limit=0']) {
        await get(`/modules?${query}`).expect(400);
      }

      permissions.authorizeConditional.mockImplementation(async requests =>
        requests.map(({ permission }) => {
          const { conditions, ...decision } =
            createSlipwayEnvironmentConditionalDecision(permission as never, {
              anyOf: [
                slipwayEnvironmentConditions.hasStage({ stages: ['live'] }),
              ],
            });
          return { ...decision, conditions } as never;
        }),
      );
      const some = await find();
      expect(names(some)).toEqual(['prod1/checkout']);
      expect(some.facets.environments).toMatchObject([{ name: 'prod1' }]);

      permissions.authorizeConditional.mockImplementation(async requests =>
        requests.map(() => ({ result: AuthorizeResult.DENY })),
      );
      permissions.authorize.mockImplementation(async requests =>
        requests.map(() => ({ result: AuthorizeResult.DENY })),
      );
      expect(await find()).toMatchObject({ items: [], total: 0 });
      await get('/environments/shop/dev/modules/cart').expect(404);
      await get('/environments/shop/dev/modules/cart/resources').expect(404);
    } finally {
      await stop();
    }
  });

  it('say nothing of what an engine object carries for others', async () => {
    const { repo, engine, application, permissions, get, stop } =
      await startReplica(
        await databases.init(databaseId),
        await TestRepo.create([{ files, message: 'Begin' }]),
      );
    const at = '/environments/shop/dev/modules/cart';
    const words = 'secret of prod1';
    const told = async () => {
      const bodies = await Promise.all(
        [
          at,
          `${at}/resources`,
          `${at}/deployments`,
          '/modules?environment=dev',
          '/environments/shop/dev/modules',
          '/environments/shop/dev',
          '/environments?stage=dev',
        ].map(async path => (await get(path).expect(200)).body),
      );
      return bodies.map(body => JSON.stringify(body).includes(words));
    };
    try {
      await engine.tell(
        'center',
        application('dev', 'cart', {
          sources: ['dev/cart', 'prod1/checkout'].map(path => ({
            repoUrl: repo.server.url('shop'),
            path,
            recurse: false,
          })),
          sync: {
            state: 'OutOfSync',
            reason: { code: 'engineMessage', params: { message: words } },
          },
          operation: {
            phase: 'Failed',
            startedAt: new Date().toISOString(),
            message: words,
          },
          conditions: [{ type: 'SyncError', message: words }],
          resources: [resource('Job', 'migrate', { message: words })],
        }),
      );
      await until(async () => (await get(at)).body.engineObjects?.length === 1);
      await until(
        async () => (await get(`${at}/deployments`)).body.items.length === 1,
      );
      expect(await told()).toEqual(Array(7).fill(true));

      const only = (permission: unknown) =>
        createSlipwayEnvironmentConditionalDecision(
          permission as never,
          slipwayEnvironmentConditions.hasStage({ stages: ['dev'] }),
        );
      permissions.authorizeConditional.mockImplementation(async requests =>
        requests.map(({ permission }) => only(permission)),
      );
      expect(await told()).toEqual(Array(7).fill(false));
      const reason = {
        code: 'carriesOthers',
        params: { name: 'dev-cart' },
      };
      expect((await get(at)).body).toMatchObject({
        module: { states: [{ sync: { state: 'OutOfSync', reason } }] },
        engineObjects: [
          {
            reason,
            conditions: [],
            operation: { phase: 'Failed' },
            resources: 0,
          },
        ],
      });
      expect((await get(`${at}/resources`)).body).toMatchObject({
        reason,
        items: [],
        total: 0,
      });
    } finally {
      await stop();
    }
  });
});
