import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type {
  Change,
  ChangePage,
} from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import request from 'supertest';
import { files, startReplica, until } from '../__testUtils__/startReplica';
import { blobObject } from '../git';
import { TestRepo } from '../git/testUtils/testRepo';
import {
  createSlipwayEnvironmentConditionalDecision,
  slipwayEnvironmentConditions,
} from '../permissions';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });

const ANN = 'user:default/ann';
const BOB = 'user:default/bob';
const EVE = 'user:default/eve';

const PASSWORDS = ['b2xkLXBhc3N3b3Jk', 'bmV3LXBhc3N3b3Jk'];
const secret = (value: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: db }\ndata: { password: ${value} }\n`;
const moved = 'm: 1\n'.repeat(9);

const content: Record<string, string> = {
  ...files,
  'dev/cart/secret.yaml': secret(PASSWORDS[0]),
  'dev/cart/move.yaml': moved,
  'README.md': 'Read me\n',
};

/** An edit of files as they are in `content`. */
const write = (...paths: string[]) =>
  paths.map(path => ({
    type: 'write',
    path,
    text: `${content[path]}# more\n`,
    base: blobObject(Buffer.from(content[path])).oid,
  }));

describe.each(databases.eachSupportedId())(
  'reading changes on %s',
  databaseId => {
    let knex: Knex;
    let forge: string;
    let replica: Awaited<ReturnType<typeof startReplica>>;

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      const repo = await TestRepo.create([
        { files: content, message: 'Begin' },
      ]);
      forge = repo.server.url('shop');
      replica = await startReplica(knex, repo, {
        integrations: { gitea: [{ host: new URL(forge).host }] },
      });
      const cart = '/environments/shop/dev/modules/cart';
      await until(async () => (await replica.get(cart)).status === 200);
    });
    afterEach(() => replica.stop());

    const get = async (path: string, user = ANN, status = 200) => {
      const answer = await request(replica.backend.server)
        .get(`/api/slipway${path}`)
        .set('authorization', mockCredentials.user.header(user));
      expect(answer.text).not.toMatch(new RegExp(PASSWORDS.join('|')));
      expect({ path, user, status: answer.status, text: answer.text }).toEqual({
        path,
        user,
        status,
        text: answer.text,
      });
      return answer.body;
    };
    const list = async (query = '', user = ANN): Promise<ChangePage> =>
      get(`/changes${query}`, user);
    const ids = ({ items }: ChangePage) => items.map(({ id }) => id);
    const create = async (
      message: string,
      operations: object[],
      user = ANN,
    ): Promise<Change> => {
      const answer = await request(replica.backend.server)
        .post('/api/slipway/config-repos/shop/changes')
        .set('authorization', mockCredentials.user.header(user))
        .send({ kind: 'edit', message, operations });
      expect({ status: answer.status, text: answer.text }).toEqual({
        status: 201,
        text: answer.text,
      });
      return answer.body;
    };

    /** Ann may read all, Bob dev, Eve nothing. */
    function restrict() {
      replica.permissions.authorizeConditional.mockImplementation((async (
        requests: Array<{ permission: unknown }>,
        {
          credentials,
        }: { credentials: { principal: { userEntityRef?: string } } },
      ) =>
        requests.map(({ permission }) => {
          switch (credentials.principal.userEntityRef) {
            case ANN:
              return { result: AuthorizeResult.ALLOW };
            case BOB:
              return createSlipwayEnvironmentConditionalDecision(
                permission as never,
                slipwayEnvironmentConditions.hasStage({ stages: ['dev'] }),
              );
            default:
              return { result: AuthorizeResult.DENY };
          }
        })) as never);
    }

    async function createAll() {
      const cart = await create('Raise 5%_ of the cart', [
        ...write('dev/cart/a.yaml'),
      ]);
      const crossing = await create('Move to live\n\nAs agreed.', [
        {
          type: 'rename',
          from: 'dev/cart/move.yaml',
          path: 'prod1/checkout/move.yaml',
          base: blobObject(Buffer.from(moved)).oid,
        },
        ...write('dev/checkout/a.yaml', 'prod1/checkout/a.yaml'),
      ]);
      const guide = await create('Explain', write('README.md'));
      const described = await create(
        'Describe live',
        write('.slipway/environments/prod1.yaml'),
      );
      const sandbox = await create(
        'Try it',
        write('sandbox/checkout/a.yaml'),
        EVE,
      );
      const number = ({ summary }: Change) => summary.id;
      return {
        cart: number(cart),
        crossing: number(crossing),
        guide: number(guide),
        described: number(described),
        sandbox: number(sandbox),
      };
    }

    it('lists them newest first, by what they touch, how they are and what they say', async () => {
      const { cart, crossing, guide, described, sandbox } = await createAll();
      const newest = [sandbox, described, guide, crossing, cart];
      const all = await list();
      expect(ids(all)).toEqual(newest);
      expect(all.items[3]).toMatchObject({
        configRepo: 'shop',
        kind: 'edit',
        title: 'Move to live',
        authorName: 'ann',
        authorRef: ANN,
        files: 3,
        modules: [
          { environment: 'dev', module: 'cart' },
          { environment: 'dev', module: 'checkout' },
          { environment: 'prod1', module: 'checkout' },
        ],
      });
      const first = await list('?limit=2');
      const second = await list(`?limit=2&cursor=${first.nextCursor}`);
      const third = await list(`?limit=2&cursor=${second.nextCursor}`);
      expect([first, second, third].map(ids)).toEqual([
        [sandbox, described],
        [guide, crossing],
        [cart],
      ]);
      expect(third.nextCursor).toBeUndefined();

      const cases: Array<[string, number[]]> = [
        ['?environment=prod1', [described, crossing]],
        ['?module=checkout', [sandbox, crossing]],
        ['?module=cart&environment=prod1', []],
        ['?environment=dev&environment=sandbox', [sandbox, crossing, cart]],
        ['?search=5%25_', [cart]],
        ['?search=THE%20raise', [cart]],
        ['?search=eve', [sandbox]],
        ['?search=agreed', [crossing]],
        ['?configRepo=gone', []],
        ['?kind=rollback&kind=external', []],
        ['?state=Failed', []],
        ['?entityRef=component%3Adefault%2Fcheckout', [sandbox, crossing]],
        [
          '?entityRef=component%3Adefault%2Fcheckout&environment=dev',
          [crossing],
        ],
        ['?entityRef=system%3Adefault%2Fshop&module=cart', []],
      ];
      for (const [query, expected] of cases) {
        expect({ query, ids: ids(await list(query)) }).toEqual({
          query,
          ids: expected,
        });
      }
      await get('/changes?cursor=bm8', ANN, 400);
      await get('/changes?state=Nice', ANN, 400);
      await get('/changes/9999999999', ANN, 404);
      await get('/changes/nine', ANN, 400);
    });

    it('shows what touches environments that the caller may read, and what they asked for', async () => {
      const { cart, crossing, guide, described, sandbox } = await createAll();
      restrict();
      const bobs = await list('', BOB);
      expect(ids(bobs)).toEqual([guide, crossing, cart]);
      expect(bobs.items[1]).toMatchObject({
        files: 2,
        modules: [
          { environment: 'dev', module: 'cart' },
          { environment: 'dev', module: 'checkout' },
        ],
      });
      expect(ids(await list('?environment=prod1', BOB))).toEqual([]);
      const seen: Change = await get(`/changes/${crossing}`, BOB);
      expect(seen).toMatchObject({
        message: 'Move to live\n\nAs agreed.',
        files: [
          { path: 'dev/cart/move.yaml', status: 'deleted', module: 'cart' },
          { path: 'dev/checkout/a.yaml', module: 'checkout' },
        ],
      });
      expect(new Set(seen.targets.map(one => one.environment))).toEqual(
        new Set(['dev']),
      );
      const diff = await get(`/changes/${crossing}/diff`, BOB);
      expect(diff.files).toMatchObject([
        { path: 'dev/cart/move.yaml', status: 'deleted' },
        { path: 'dev/checkout/a.yaml', additions: 1 },
      ]);
      expect(JSON.stringify([seen, bobs, diff])).not.toContain('prod1');
      for (const id of [described, sandbox]) {
        await get(`/changes/${id}`, BOB, 404);
        await get(`/changes/${id}/diff`, BOB, 404);
      }

      expect(await list('', EVE)).toMatchObject({
        items: [{ id: sandbox, files: 0, modules: [] }],
      });
      expect(ids(await list('?module=checkout', EVE))).toEqual([sandbox]);
      expect(await get(`/changes/${sandbox}`, EVE)).toMatchObject({
        message: 'Try it',
        files: [],
        targets: [],
      });
      expect((await get(`/changes/${sandbox}/diff`, EVE)).files).toEqual([]);
      await get(`/changes/${guide}`, EVE, 404);
      await request(replica.backend.server)
        .get('/api/slipway/changes')
        .set('authorization', mockCredentials.service.header())
        .expect(403);
    });

    it('shows a change with its commit, and what it did', async () => {
      const { cart } = await createAll();
      const { repo } = replica;
      const change: Change = await get(`/changes/${cart}`);
      expect(change).toMatchObject({
        summary: { commit: expect.any(String) },
        files: [
          {
            path: 'dev/cart/a.yaml',
            status: 'modified',
            environment: 'dev',
            module: 'cart',
          },
        ],
        targets: [{ environment: 'dev', module: 'cart', cluster: 'center' }],
        commitUrl: `${forge}/commit/${change.summary.commit}`,
        attempts: [{ number: 1, result: 'pushed', base: change.base }],
      });
      expect(change.steps.map(({ step }) => step).slice(0, 3)).toEqual([
        'requested',
        'pushing',
        'pushed',
      ]);
      expect(change.steps[2].milliseconds).toBeGreaterThanOrEqual(0);
      expect(await get(`/changes/${cart}/diff`)).toMatchObject({
        from: change.base,
        to: change.summary.commit,
        files: [
          {
            path: 'dev/cart/a.yaml',
            hunks: [{ lines: [' a: 1', '+# more'] }],
          },
        ],
        truncated: false,
      });

      // What a commit says of itself is a claim.
      const forged = await repo.commit({
        files: {
          'dev/cart/a.yaml': 'a: 9\n',
          'dev/cart/secret.yaml': secret(PASSWORDS[1]),
        },
        message: `Sneak in\n\nSlipway-Change: ${cart}\n`,
      });
      await request(replica.backend.server)
        .post('/api/slipway/config-repos/shop/refresh')
        .set('authorization', mockCredentials.user.header(ANN));
      const path = encodeURIComponent('dev/cart/a.yaml');
      const history = () =>
        get(`/config-repos/shop/history?path=${path}`).then(
          page => page.items as Array<{ commit: string; change?: number }>,
        );
      await until(async () => (await history())[0].commit === forged);
      expect(await history()).toMatchObject([
        {
          commit: forged,
          trailers: [{ key: 'Slipway-Change', value: `${cart}` }],
        },
        {
          commit: change.summary.commit,
          change: cart,
          url: change.commitUrl,
        },
        { subject: 'Begin' },
      ]);
      const [sneak, ...older] = (await history()).map(one => one.change);
      expect(sneak).not.toBe(cart);
      expect(older).toEqual([cart, undefined]);
      const revision = change.summary.commit;
      const file = `/config-repos/shop/file?path=${path}`;
      expect([
        (await get(file)).forgeUrl,
        (await get(`${file}&revision=${revision}`)).forgeUrl,
        (await get('/environments/shop/dev/modules/cart')).forgeUrl,
      ]).toEqual([
        `${forge}/src/branch/main/dev/cart/a.yaml`,
        `${forge}/src/commit/${revision}/dev/cart/a.yaml`,
        `${forge}/src/branch/main/dev/cart`,
      ]);
      const blame = await get(`/config-repos/shop/blame?path=${path}`);
      expect(blame.commits).toMatchObject([{ commit: forged }]);

      await until(
        async () => (await list('?kind=external')).items.length === 1,
      );
      const [external] = (await list('?kind=external')).items;
      expect(await get(`/changes/${external.id}`)).toMatchObject({
        summary: { title: 'Sneak in', files: 2 },
        commits: [{ commit: forged }],
      });
      const sneaked = await get(`/changes/${external.id}/diff`);
      expect(sneaked.files).toMatchObject([
        { path: 'dev/cart/a.yaml' },
        { path: 'dev/cart/secret.yaml', masked: 1 },
      ]);
    });
  },
);
