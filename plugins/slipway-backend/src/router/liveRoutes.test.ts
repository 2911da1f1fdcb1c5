import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  slipwayFileReadPermission,
  type ModuleLive,
} from '@slipway/backstage-plugin-slipway-common';
import type { EngineResource } from '@slipway/backstage-plugin-slipway-node';
import { files, startReplica, until } from '../__testUtils__/startReplica';
import { TestRepo } from '../git/testUtils/testRepo';
import { ObjectsServer } from '../live/testUtils/ObjectsServer';
import {
  createSlipwayEnvironmentConditionalDecision,
  slipwayEnvironmentConditions,
} from '../permissions';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });

const base64 = (text: string) => Buffer.from(text).toString('base64');
const TRACKING = 'example.dev/tracking-id';
const NAMESPACE = '/api/v1/namespaces/shop-dev';

const manifest = (kind: string, name: string, rest: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: { name: ${name} }\n${rest}\n`;

const content = {
  ...files,
  'dev/cart/a.yaml': [
    manifest('ConfigMap', 'settings', 'data: { greeting: hello, level: "1" }'),
    manifest('ConfigMap', 'same', 'data: { a: b }'),
    manifest('ConfigMap', 'new', 'data: { a: b }'),
    manifest('ConfigMap', 'foreign', 'data: { password: guess }'),
    manifest('Secret', 'db', 'stringData: { password: in-git }'),
    manifest('Service', 'refused', 'spec: { port: 80 }'),
    manifest('Gadget', 'odd', 'spec: {}').replace('v1', 'example.com/v1'),
    manifest('ConfigMap', 'migrate', '').replace(
      'name: migrate',
      'name: migrate, annotations: { example.dev/hook: PreSync }',
    ),
  ].join('---\n'),
};

const resource = (kind: string, name: string): EngineResource => ({
  group: '',
  kind,
  namespace: 'shop-dev',
  name,
});

const live = (
  kind: string,
  name: string,
  rest: object,
  owner = 'dev-cart',
) => ({
  apiVersion: 'v1',
  kind,
  metadata: {
    name,
    namespace: 'shop-dev',
    resourceVersion: '1',
    annotations: { [TRACKING]: `${owner}:/${kind}:shop-dev/${name}` },
    managedFields: [
      {
        manager: 'kubectl-edit',
        operation: 'Update',
        time: '2026-01-02T00:00:00Z',
        fieldsV1: { 'f:data': { 'f:greeting': {} } },
      },
    ],
  },
  ...rest,
});

describe.each(databases.eachSupportedId())(
  'live against Git on %s',
  databaseId => {
    let cluster: ObjectsServer;
    let replica: Awaited<ReturnType<typeof startReplica>>;
    const url = '/environments/shop/dev/modules/cart/live';
    const read = async (query = ''): Promise<ModuleLive> =>
      (await replica.get(`${url}${query}`).expect(200)).body;

    beforeEach(async () => {
      cluster = await ObjectsServer.start();
      const repo = await TestRepo.create([{ files: content }]);
      replica = await startReplica(await databases.init(databaseId), repo, {
        servers: { center: cluster.url },
      });
      replica.engine.marks = {
        fieldManagers: ['engine'],
        metadata: [TRACKING],
        owners: [{ type: 'oneKey', key: TRACKING }],
        hooks: ['example.dev/hook'],
        kept: [{ key: 'example.dev/prune', value: 'never' }],
        leftAlone: [],
      };
      await replica.engine.tell(
        'center',
        replica.application('dev', 'cart', {
          revision: await repo.git('rev-parse', 'main'),
          controllerNamespace: 'argocd',
          resources: [
            resource('ConfigMap', 'settings'),
            resource('ConfigMap', 'same'),
            resource('ConfigMap', 'foreign'),
            resource('ConfigMap', 'gone'),
            resource('ConfigMap', 'kept'),
            resource('ConfigMap', 'gone-already'),
            resource('ConfigMap', 'made-aside'),
            resource('Secret', 'db'),
            { ...resource('ConfigMap', 'ran'), hookType: 'PreSync' },
          ],
        }),
      );
      await until(
        async () =>
          (
            await replica.get('/environments/shop/dev/modules/cart')
          ).body.engineObjects?.length === 1,
      );
      const put = (kind: string, name: string, rest: object, owner?: string) =>
        cluster.objects.set(
          `${NAMESPACE}/${kind.toLowerCase()}s/${name}`,
          live(kind, name, rest, owner),
        );
      put('ConfigMap', 'settings', { data: { greeting: 'bye', level: '1' } });
      put('ConfigMap', 'same', { data: { a: 'b', added: 'by hand' } });
      put('ConfigMap', 'foreign', { data: { password: 'hidden' } }, 'other');
      put('ConfigMap', 'gone', { data: {} });
      put('ConfigMap', 'made-aside', { metadata: { name: 'made-aside' } });
      put('ConfigMap', 'kept', {
        metadata: {
          name: 'kept',
          labels: { 'example.dev/prune': 'never' },
          annotations: { [TRACKING]: 'dev-cart:/ConfigMap:shop-dev/kept' },
        },
      });
      put('Secret', 'db', { data: { password: base64('by-hand') } });
      cluster.forbidden.add(`${NAMESPACE}/services/refused`);
    });
    afterEach(async () => {
      await replica.stop();
      await cluster.stop();
    });

    it('says object by object what a sync would do, and why where it cannot be told', async () => {
      const [item] = (await read()).items;
      expect(item).toMatchObject({
        engineObject: { engine: 'argocd', cluster: 'center' },
        cluster: 'center',
        source: 'git',
        commit: await replica.repo.git('rev-parse', 'main'),
        hooksKnown: true,
        counts: {
          Changed: 3,
          Created: 1,
          Pruned: 1,
          Unknown: 2,
          Hook: 1,
          Same: 2,
        },
      });
      expect(
        item.objects.map(({ kind, name, state, reason }) => [
          `${kind}/${name}`,
          state,
          reason?.code,
        ]),
      ).toEqual([
        ['ConfigMap/settings', 'Changed', undefined],
        ['ConfigMap/foreign', 'Changed', 'liveNotDelivered'],
        ['Secret/db', 'Changed', undefined],
        ['ConfigMap/new', 'Created', undefined],
        ['ConfigMap/gone', 'Pruned', undefined],
        ['Service/refused', 'Unknown', 'forbidden'],
        ['Gadget/odd', 'Unknown', 'kindNotServedHere'],
        ['ConfigMap/migrate', 'Hook', undefined],
        ['ConfigMap/same', 'Same', undefined],
        ['ConfigMap/kept', 'Same', 'livePruneOff'],
      ]);
      expect(item.objects[0]).toMatchObject({
        differences: [{ path: 'data.greeting', left: 'bye', right: 'hello' }],
        managers: [{ manager: 'kubectl-edit', paths: ['data.greeting'] }],
      });
      expect(item.objects[2].differences.map(({ path }) => path)).toEqual([
        'data.password',
      ]);
      const told = JSON.stringify(item);
      for (const value of ['hidden', 'by-hand', 'in-git', 'guess']) {
        expect(told).not.toContain(value);
        expect(told).not.toContain(base64(value));
      }
    });

    it('tells how resources are by the objects, where the engine does not', async () => {
      const { application, engine, get } = replica;
      const path = '/apis/apps/v1/namespaces/shop-dev/deployments/web';
      cluster.objects.set(path, {
        metadata: { name: 'web', resourceVersion: '1' },
        status: { conditions: [{ reason: 'ProgressDeadlineExceeded' }] },
      });
      const deployment = (name: string) => ({
        ...resource('Deployment', name),
        group: 'apps',
      });
      await engine.tell(
        'center',
        application('dev', 'cart', {
          resourceVersion: '2',
          resources: [
            deployment('web'),
            deployment('gone'),
            { ...deployment('told'), health: 'Suspended' },
            resource('ConfigMap', 'settings'),
          ],
        }),
      );
      const list = async () =>
        (await get('/environments/shop/dev/modules/cart/resources')).body;
      await until(async () => (await list()).total === 4);
      expect(
        (await list()).items.map(({ name, health }: EngineResource) => [
          name,
          health,
        ]),
      ).toEqual([
        ['web', 'Degraded'],
        ['gone', 'Missing'],
        ['told', 'Suspended'],
        ['settings', undefined],
      ]);
      expect(
        cluster.requests.filter(request => request === `GET ${path}`),
      ).toHaveLength(1);
    });

    it('asks the cluster once for all who look within some seconds', async () => {
      await Promise.all([read(), read(), read('?cluster=center')]);
      const gets = cluster.requests;
      expect(new Set(gets).size).toBe(gets.length);
      expect(gets.every(request => request.startsWith('GET '))).toBe(true);
      expect(gets).toContain(`GET ${NAMESPACE}/configmaps/settings`);
    });

    it('takes the word of an engine that has an API, and goes on without when that fails', async () => {
      const state = (data: object) => live('ConfigMap', 'settings', { data });
      const told = (name: string) => ({ ...resource('ConfigMap', name) });
      replica.engine.managedResources = async () => ({
        resources: [
          {
            ...told('settings'),
            live: state({ greeting: 'bye', added: 'x' }),
            predicted: state({ greeting: 'hello', added: 'x' }),
            modified: true,
          },
          { ...told('new'), predicted: state({}), modified: true },
          { ...told('gone'), live: state({}), modified: false },
          {
            ...told('same'),
            live: state({ a: 'b' }),
            predicted: state({ a: 'c' }),
            modified: false,
          },
        ],
        hooks: [{ ...told('migrate'), hookType: 'PreSync' }],
      });
      const [item] = (await read()).items;
      expect(item).toMatchObject({ source: 'engine', hooksKnown: true });
      expect(item.objects.map(({ name, state: is }) => [name, is])).toEqual([
        ['settings', 'Changed'],
        ['new', 'Created'],
        ['gone', 'Pruned'],
        ['migrate', 'Hook'],
        ['same', 'Same'],
      ]);
      expect(item.objects[0]).toMatchObject({
        differences: [{ path: 'data.greeting', left: 'bye', right: 'hello' }],
        managers: [{ manager: 'kubectl-edit', paths: ['data.greeting'] }],
      });

      replica.engine.managedResources = async () => {
        throw new Error('no answer');
      };
      // Answers are shared for some seconds.
      await until(async () => (await read()).items[0].source === 'git');
      expect((await read()).items[0]).toMatchObject({
        source: 'git',
        reason: { code: 'engineApiFailed' },
      });
    });

    it('falls back to what was applied where Git has to be rendered', async () => {
      const { application, engine, repo } = replica;
      const rendered = application('dev', 'cart', {
        revision: await repo.git('rev-parse', 'main'),
        resources: [resource('ConfigMap', 'settings')],
        resourceVersion: '2',
        controllerNamespace: 'argocd',
      });
      await engine.tell('center', {
        ...rendered,
        sources: rendered.sources.map(one => ({ ...one, rendered: true })),
      });
      await until(async () => (await read()).items[0].source !== 'git');
      expect((await read()).items[0]).toMatchObject({
        source: 'lastApplied',
        reason: { code: 'gitNotRendered' },
        hooksKnown: false,
        objects: [
          {
            name: 'settings',
            state: 'Unknown',
            reason: { code: 'appliedUnknown' },
            managers: [{ manager: 'kubectl-edit' }],
          },
        ],
      });
    });

    it('is for those who may read the files, and says nothing of what it carries for others', async () => {
      const { permissions, get } = replica;
      await get('/environments/shop/dev/modules/none/live').expect(404);
      await get(`${url}?cluster=gd`).expect(400);
      await get(`${url}?cluster=`).expect(400);
      const undelivered = '/environments/shop/dev/modules/checkout/live';
      expect((await get(undelivered).expect(200)).body.items).toEqual([]);

      permissions.authorizeConditional.mockImplementation(async requests =>
        requests.map(({ permission }) =>
          permission.name === slipwayFileReadPermission.name
            ? createSlipwayEnvironmentConditionalDecision(
                slipwayFileReadPermission,
                slipwayEnvironmentConditions.hasStage({ stages: ['dev'] }),
              )
            : { result: AuthorizeResult.ALLOW },
        ),
      );
      await get(url).expect(200);
      const { application, engine, repo } = replica;
      const both = application('dev', 'cart', { resourceVersion: '3' });
      await engine.tell('center', {
        ...both,
        sources: ['dev/cart', 'prod1/checkout'].map(path => ({
          repoUrl: repo.server.url('shop'),
          path,
          recurse: false,
        })),
      });
      await until(async () => (await read()).items[0].source === 'none');
      expect((await read()).items[0]).toMatchObject({
        reason: { code: 'liveCarriesOthers' },
        objects: [],
      });

      permissions.authorizeConditional.mockImplementation(async requests =>
        requests.map(({ permission }) => ({
          result:
            permission.name === slipwayFileReadPermission.name
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
        })),
      );
      await get(url).expect(404);
    });
  },
);
