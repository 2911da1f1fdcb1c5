import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  slipwayFileReadPermission,
  type EnvironmentComparison,
} from '@slipway/backstage-plugin-slipway-common';
import request from 'supertest';
import { files, startReplica, until } from '../__testUtils__/startReplica';
import { TestRepo } from '../git/testUtils/testRepo';
import {
  createSlipwayEnvironmentConditionalDecision,
  slipwayEnvironmentConditions,
} from '../permissions';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });

const PASSWORDS = ['b2xkLXNlY3JldA==', 'bmV3LXNlY3JldA=='];
const secret = (password: string) =>
  `kind: Secret\napiVersion: v1\nmetadata: { name: db }\ndata:\n  password: ${password}\n`;
const service = (namespace: string, port: number) =>
  `kind: Service\napiVersion: v1\nmetadata: { name: web, namespace: ${namespace} }\nspec: { port: ${port} }\n`;

const content = {
  ...files,
  'dev/checkout/same.yaml': 'a: 1\n',
  'prod1/checkout/same.yaml': 'a:   1 # as there\n',
  'dev/checkout/service.yaml': service('shop-dev', 80),
  'prod1/checkout/service.yaml': service('shop-prod1', 80),
  'dev/web/service.yaml': service('shop-dev', 80),
  'prod1/web/service.yaml': service('shop-prod1', 8080),
  'dev/web/secret.yaml': secret(PASSWORDS[0]),
  'prod1/web/secret.yaml': secret(PASSWORDS[1]),
  'dev/web/only.yaml': 'a: 1\n',
  'dev/web/broken.yaml': 'a: [\n',
  'prod1/web/broken.yaml': 'a: [1\n',
  'dev/web/logo.png': Buffer.from([0, 1]),
  'prod1/web/logo.png': Buffer.from([0, 2]),
  'dev/web/link': { mode: '120000', content: 'only.yaml' },
  'prod1/web/link': { mode: '120000', content: 'broken.yaml' },
  'prod1/search/a.yaml': 'a: 1\n',
};

describe.each(databases.eachSupportedId())(
  'comparing environments on %s',
  databaseId => {
    let replica: Awaited<ReturnType<typeof startReplica>>;

    beforeEach(async () => {
      const knex = await databases.init(databaseId);
      const repo = await TestRepo.create([{ files: content }]);
      replica = await startReplica(knex, repo);
      const module = '/environments/shop/dev/modules/web';
      await until(async () => (await replica.get(module)).status === 200);
    });
    afterEach(() => replica.stop());

    async function compare(
      left: string,
      right: string,
      status = 200,
    ): Promise<EnvironmentComparison> {
      const answer = await request(replica.backend.server)
        .get(`/api/slipway/environments/shop/${left}/comparison`)
        .query({ other: right })
        .set('authorization', mockCredentials.user.header());
      expect({ status: answer.status, text: answer.text }).toEqual({
        status,
        text: expect.not.stringMatching(PASSWORDS.join('|')),
      });
      return answer.body;
    }

    it('folds away what the config repo says that environments may differ in', async () => {
      const port = async () => {
        const { modules } = await compare('dev', 'prod1');
        const web = modules.find(({ name }) => name === 'web');
        const file = web?.files.find(({ path }) => path === 'service.yaml');
        return file?.differences.find(({ path }) => path === 'spec.port');
      };
      expect((await port())?.expected).toBe(false);
      const declare = (expected: string) =>
        replica.repo.commit({
          files: {
            '.slipway/repo.yaml': `${files['.slipway/repo.yaml']}  comparison: { expected: [${expected}] }\n`,
          },
        });
      await declare('{ path: spec.port, kind: Service, name: web }');
      await replica.post('/config-repos/shop/refresh').expect(200);
      await until(async () => (await port())?.expected === true);
      await declare('{ path: spec.port, kind: Ingress }');
      await replica.post('/config-repos/shop/refresh').expect(200);
      await until(async () => (await port())?.expected === false);
    });

    it('tells module by module and value by value what differs', async () => {
      const { commit, left, right, modules } = await compare('dev', 'prod1');
      expect(commit).toMatch(/^[0-9a-f]{40}$/);
      expect([left.title, right.stage]).toEqual(['dev title', 'live']);
      expect(modules.map(({ name, state }) => `${name} ${state}`)).toEqual([
        'cart onlyLeft',
        'checkout expected',
        'search onlyRight',
        'web different',
      ]);
      const [cart, checkout, , web] = modules;
      expect(cart.files).toEqual([
        {
          path: 'a.yaml',
          leftPath: 'dev/cart/a.yaml',
          state: 'onlyLeft',
          differences: [],
        },
      ]);
      expect(
        checkout.files.map(({ path, state }) => `${path} ${state}`),
      ).toEqual(['a.yaml same', 'same.yaml same', 'service.yaml expected']);
      expect(checkout.files[2].differences).toEqual([
        {
          object: 'Service/web',
          path: 'metadata.namespace',
          left: 'shop-dev',
          right: 'shop-prod1',
          expected: true,
        },
      ]);
      expect(
        web.files.map(({ path, state, opaque }) =>
          [path, state, opaque].join(' '),
        ),
      ).toEqual([
        'broken.yaml different unparsable',
        'link different link',
        'logo.png different binary',
        'only.yaml onlyLeft ',
        'secret.yaml different ',
        'service.yaml different ',
      ]);
      expect(web.files[4].differences).toMatchObject([
        { path: 'data.password', left: expect.stringMatching(/^⟪masked:/) },
      ]);
      expect(web.files[5].differences).toMatchObject([
        { path: 'spec.port', left: '80', right: '8080', expected: false },
        { path: 'metadata.namespace', expected: true },
      ]);
    });

    it('needs to be allowed to read both, and their files', async () => {
      expect(await compare('dev', 'dev', 400)).toMatchObject({
        error: { message: expect.stringContaining('choose another') },
      });
      await compare('dev', 'none', 404);
      await compare('none', 'dev', 404);
      replica.permissions.authorizeConditional.mockImplementation(
        async requests =>
          requests.map(({ permission }) =>
            permission.name === slipwayFileReadPermission.name
              ? createSlipwayEnvironmentConditionalDecision(
                  slipwayFileReadPermission,
                  slipwayEnvironmentConditions.hasStage({ stages: ['dev'] }),
                )
              : { result: AuthorizeResult.ALLOW },
          ),
      );
      await compare('dev', 'prod1', 404);
      await compare('prod1', 'dev', 404);
    });
  },
);
