import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Diff, FilePage } from '@slipway/backstage-plugin-slipway-common';
import request from 'supertest';
import { TestRepo } from '../git/testUtils/testRepo';
import {
  createSlipwayEnvironmentConditionalDecision,
  slipwayEnvironmentConditions,
} from '../permissions';
import { slipwayPlugin } from '../plugin';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });

const environmentFile = (name: string, stage: string) => `
apiVersion: slipway.dev/v1alpha1
kind: Environment
metadata: { name: ${name}, title: ${name} title }
spec:
  targets: [{ cluster: center, namespace: shop-${name} }]
  stage: ${stage}
`;

const OLD_SECRET = 'b2xkLXNlY3JldC12YWx1ZQ==';
const NEW_SECRET = 'bmV3LXNlY3JldC12YWx1ZQ==';
const PLAIN_SECRET = 'correct-horse-battery';
const SECRETS = [OLD_SECRET, NEW_SECRET, PLAIN_SECRET, 'horse-battery'];

const secret = (value: string, note: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: db, note: ${note} }\ndata:\n  password: ${value}\nstringData:\n  key: |\n    begin\n    ${PLAIN_SECRET}\n`;

const CONFIG = `\ufeffapiVersion: v1\r\nkind: ConfigMap\r\ndata:\r\n  size: "1"\r\n`;

const first = {
  '.slipway/repo.yaml':
    'apiVersion: slipway.dev/v1alpha1\nkind: ConfigRepo\nmetadata: { name: shop }\nspec:\n  ignore: [docs]\n  stages: [dev, live]\n',
  '.slipway/environments/dev.yaml': environmentFile('dev', 'dev'),
  '.slipway/environments/prod1.yaml': environmentFile('prod1', 'live'),
  'dev/checkout/Config.yaml': CONFIG,
  'dev/checkout/secret.yaml': secret(OLD_SECRET, 'one'),
  'dev/checkout/link': { mode: '120000', content: '../../../etc/passwd' },
  'dev/checkout/tool.sh': { mode: '100755', content: '#!/bin/sh\n' },
  'dev/checkout/logo.png': Buffer.from([0x89, 0x50, 0, 1, 2]),
  'dev/checkout/latin1.txt': Buffer.from([0x63, 0xe9, 0x0a]),
  'dev/checkout/vendor': { mode: '160000', content: 'a'.repeat(40) },
  'dev/checkout/large.txt': 'x'.repeat(5 * 1024 ** 2 + 1),
  'dev/cart/deep/er/数据.yaml': 'a: 1\n',
  'dev/cart/move.yaml': 'm: 1\n'.repeat(9),
  'prod1/checkout/Config.yaml': CONFIG.replace('1', '3'),
  'prod1/checkout/secret.yaml': secret(NEW_SECRET, 'one'),
  'docs/guide.md': 'Read me\n',
};

const second = {
  'dev/checkout/Config.yaml': CONFIG.replace('"1"', '"2"'),
  'dev/checkout/secret.yaml': secret(NEW_SECRET, 'two'),
  'dev/cart/move.yaml': undefined,
  'dev/cart/moved.yaml': 'm: 1\n'.repeat(9),
};

async function start(databaseId: Parameters<typeof databases.init>[0]) {
  const knex = await databases.init(databaseId);
  const repo = await TestRepo.create([{ files: first, message: 'Begin' }]);
  const begin = await repo.git('rev-parse', 'main');
  const head = await repo.commit({
    files: second,
    message:
      'Raise the size\n\nBecause it was low.\n\nSlipway-Change: 7\nApproved-by: Ann\n',
    time: 1_700_000_600,
  });
  const permissions = mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(() => ({ result: AuthorizeResult.ALLOW })),
    authorizeConditional: async requests =>
      requests.map(() => ({ result: AuthorizeResult.ALLOW })),
  });
  const backend = await startTestBackend({
    features: [
      slipwayPlugin,
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: {
              name: 'cart',
              namespace: 'default',
              annotations: {
                'slipway.dev/config-repo': 'shop',
                'slipway.dev/module': 'cart',
              },
            },
          },
        ],
      }),
      permissions.factory,
      mockServices.database.factory({ knex }),
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost:7007' },
          slipway: {
            cacheDirectory: repo.directory,
            configRepos: [{ name: 'shop', url: repo.server.url('shop.git') }],
            clusters: [],
          },
        },
      }),
    ],
  });
  const answers: string[] = [];
  const get = async (path: string, status = 200) => {
    const answer = await request(backend.server)
      .get(`/api/slipway${path}`)
      .set('authorization', mockCredentials.user.header());
    answers.push(answer.text);
    expect({ path, status: answer.status, text: answer.text }).toEqual({
      path,
      status,
      text: answer.text,
    });
    return answer.body;
  };
  const of = (
    what: string,
    path: string,
    query: Record<string, string> = {},
    status = 200,
  ) =>
    get(
      `/config-repos/shop/${what}?${new URLSearchParams({ path, ...query })}`,
      status,
    );
  const end = Date.now() + 90_000;
  while ((await get('/environments')).items.length < 2) {
    if (Date.now() > end) throw new Error('The config repo was never read');
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  return {
    repo,
    begin,
    head,
    permissions,
    answers,
    get,
    of,
    backend,
    stop: async () => {
      await backend.stop();
      await repo.dispose();
    },
  };
}

type Started = Awaited<ReturnType<typeof start>>;

/** Lets the caller read the files of these stages only. */
function allowStages({ permissions }: Started, ...stages: string[]) {
  permissions.authorizeConditional.mockImplementation(async requests =>
    requests.map(({ permission }) => {
      if (permission.name !== 'slipway.file.read') {
        return { result: AuthorizeResult.ALLOW };
      }
      if (!stages.length) return { result: AuthorizeResult.DENY };
      const { conditions, ...decision } =
        createSlipwayEnvironmentConditionalDecision(
          permission as never,
          slipwayEnvironmentConditions.hasStage({ stages }),
        );
      return { ...decision, conditions } as never;
    }),
  );
}

const pathsOf = (page: { items: Array<{ path: string }> }) =>
  page.items.map(item => item.path);

function expectNoSecret({ answers }: Started) {
  for (const text of answers) {
    for (const value of SECRETS) expect(text).not.toContain(value);
  }
}

describe.each(databases.eachSupportedId())('files on %s', databaseId => {
  it('are listed, read, searched and compared, with their history, and no secret value', async () => {
    const started = await start(databaseId);
    const { repo, begin, head, get, of, stop } = started;
    try {
      const all: FilePage = await get('/files');
      expect(pathsOf(all)).toEqual([
        'dev/cart/deep/er/数据.yaml',
        'dev/cart/moved.yaml',
        'dev/checkout/Config.yaml',
        'dev/checkout/large.txt',
        'dev/checkout/latin1.txt',
        'dev/checkout/link',
        'dev/checkout/logo.png',
        'dev/checkout/secret.yaml',
        'dev/checkout/tool.sh',
        'dev/checkout/vendor',
        'prod1/checkout/Config.yaml',
        'prod1/checkout/secret.yaml',
      ]);
      expect(all).toMatchObject({
        total: 12,
        environments: [
          { name: 'dev', title: 'dev title', modules: ['cart', 'checkout'] },
          { name: 'prod1', modules: ['checkout'] },
        ],
        findings: [],
      });
      const cases: Array<[string, number]> = [
        ['search=CONFIG', 2],
        ['search=config%20prod', 1],
        ['search=%E6%95%B0%E6%8D%AE', 1],
        ['search=%25', 0],
        ['environment=dev&module=cart', 2],
        ['entityRef=component%3Adefault%2Fcart', 2],
        ['configRepo=elsewhere', 0],
      ];
      for (const [query, total] of cases) {
        expect({ query, total: (await get(`/files?${query}`)).total }).toEqual({
          query,
          total,
        });
      }
      // Pages go on where they were, though the branch moved meanwhile.
      const page = await get('/files?limit=5');
      await repo.commit({ files: { 'dev/checkout/new.yaml': 'n: 1\n' } });
      await request(started.backend.server)
        .post('/api/slipway/config-repos/shop/refresh')
        .set('authorization', mockCredentials.user.header())
        .expect(200);
      const next = await get(`/files?limit=50&cursor=${page.nextCursor}`);
      expect([...pathsOf(page), ...pathsOf(next)]).toEqual(pathsOf(all));
      expect(pathsOf(await get('/files?search=new'))).toHaveLength(1);

      // Bytes stay as they are, but for what is masked.
      expect(
        await of('file', 'dev/checkout/Config.yaml', { revision: begin }),
      ).toMatchObject({
        text: CONFIG,
        mode: '100644',
        commit: begin,
        masked: 0,
        binary: false,
        place: {
          type: 'module',
          environment: 'dev',
          module: 'checkout',
          touches: [{ environment: 'dev', module: 'checkout' }],
        },
        lastChange: { commit: begin, subject: 'Begin' },
      });
      const masked = await of('file', 'dev/checkout/secret.yaml');
      expect(masked).toMatchObject({
        masked: 2,
        lastChange: { subject: 'Raise the size' },
      });
      expect(masked.text).toContain('password: ⟪masked:1⟫');
      expect(await of('file', 'dev/checkout/link')).toMatchObject({
        mode: '120000',
        text: '../../../etc/passwd',
      });
      const texts: Array<[string, object]> = [
        ['dev/checkout/tool.sh', { mode: '100755', text: '#!/bin/sh\n' }],
        ['dev/checkout/logo.png', { binary: true, size: 5 }],
        ['dev/checkout/latin1.txt', { binary: true }],
        ['dev/checkout/large.txt', { binary: false, size: 5 * 1024 ** 2 + 1 }],
        ['dev/checkout/vendor', { mode: '160000', oid: 'a'.repeat(40) }],
        [
          '.slipway/environments/dev.yaml',
          { place: { type: 'metadata', environment: 'dev', touches: [] } },
        ],
        ['docs/guide.md', { place: { type: 'other', touches: [] } }],
      ];
      for (const [path, content] of texts) {
        const read = await of('file', path);
        expect(read).toMatchObject({ path, ...content });
        expect(read.text === undefined).toBe(
          read.binary || read.size > 5_000_000 || read.mode === '160000',
        );
      }

      const history = await of('history', 'dev/checkout');
      expect(history.items).toMatchObject([
        { subject: 'Change', trailers: [] },
        {
          commit: head,
          parents: [begin],
          subject: 'Raise the size',
          trailers: [
            { key: 'Slipway-Change', value: '7' },
            { key: 'Approved-by', value: 'Ann' },
          ],
        },
        { commit: begin },
      ]);
      const newest = await of('history', 'dev/checkout', { limit: '1' });
      const older = await of('history', 'dev/checkout', {
        limit: '5',
        cursor: newest.nextCursor,
      });
      expect([...newest.items, ...older.items]).toEqual(history.items);
      const blame = await of('blame', 'dev/checkout/Config.yaml');
      expect(blame.lines).toEqual([begin, begin, begin, head]);
      expect(blame.commits).toHaveLength(2);
      // Lines are counted as they are shown: what is masked on one line is the newest commit's that touched any of it.
      let time = 1_700_001_000;
      const commitKey = (line: string, more: string, other: string) =>
        repo.commit({
          time: time++,
          files: {
            'dev/checkout/tls.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: tls }\nstringData:\n  key: |\n    begin\n    ${line}\n    ${more}\n    end\n  other: ${other}\ntype: Opaque\n`,
          },
        });
      const made = await commitKey(PLAIN_SECRET, 'x', 'one');
      const mended = await commitKey(PLAIN_SECRET, 'y', 'one');
      const later = await commitKey(`${PLAIN_SECRET}2`, 'y', 'one');
      const after = await commitKey(`${PLAIN_SECRET}2`, 'y', 'two');
      for (const [revision, value, other] of [
        [made, made, made],
        [mended, mended, made],
        [later, later, made],
        [after, later, after],
      ]) {
        const path = 'dev/checkout/tls.yaml';
        const { text } = await of('file', path, { revision });
        const { lines, commits } = await of('blame', path, { revision });
        const shown: string[] = text.split('\n').slice(0, -1);
        expect(
          Object.fromEntries(shown.map((line, i) => [line, lines[i]])),
        ).toEqual({
          'apiVersion: v1': made,
          'kind: Secret': made,
          'metadata: { name: tls }': made,
          'stringData:': made,
          '  key: ⟪masked:1⟫': value,
          '  other: ⟪masked:2⟫': other,
          'type: Opaque': made,
        });
        expect(lines).toHaveLength(shown.length);
        expect(commits.map((one: { commit: string }) => one.commit)).toEqual([
          ...new Set(lines),
        ]);
      }

      const diff: Diff = await of('diff', 'dev', {
        fromRevision: begin,
        toRevision: head,
      });
      expect(diff).toMatchObject({
        from: begin,
        to: head,
        truncated: false,
        files: [
          {
            path: 'dev/cart/moved.yaml',
            oldPath: 'dev/cart/move.yaml',
            status: 'renamed',
            hunks: [],
          },
          {
            path: 'dev/checkout/Config.yaml',
            status: 'modified',
            additions: 1,
            deletions: 1,
          },
          { path: 'dev/checkout/secret.yaml', masked: 2 },
        ],
      });
      expect(diff.files[1].hunks[0]).toEqual({
        oldStart: 1,
        oldLines: 4,
        newStart: 1,
        newLines: 4,
        lines: [
          ' \ufeffapiVersion: v1\r',
          ' kind: ConfigMap\r',
          ' data:\r',
          '-  size: "1"\r',
          '+  size: "2"\r',
        ],
      });
      // A value that changed shows that it did, one that stayed does not.
      expect(diff.files[2]).toMatchObject({ additions: 2, deletions: 2 });
      expect(await of('diff', 'dev', { toRevision: head })).toEqual(diff);
      expect(await of('diff', 'docs', { toRevision: begin })).toMatchObject({
        files: [{ status: 'created', hunks: [{ lines: ['+Read me'] }] }],
      });
      expect(
        await of('diff', 'prod1/checkout', { fromPath: 'dev/checkout' }),
      ).toMatchObject({
        files: expect.arrayContaining([
          expect.objectContaining({
            path: 'prod1/checkout/Config.yaml',
            oldPath: 'dev/checkout/Config.yaml',
            status: 'modified',
          }),
        ]),
      });

      const found = await get('/files/matches?text=KIND%3A');
      expect(found).toMatchObject({
        truncated: false,
        items: [
          {
            path: 'dev/checkout/Config.yaml',
            line: 2,
            column: 1,
            text: 'kind: ConfigMap',
          },
          { path: 'dev/checkout/secret.yaml', line: 2 },
          { path: 'prod1/checkout/Config.yaml' },
          { path: 'prod1/checkout/secret.yaml' },
        ],
      });
      expect(
        await get('/files/matches?text=KIND%3A&matchCase=true'),
      ).toMatchObject({ items: [], truncated: false });
      expect(await get('/files/matches?text=kind&limit=3')).toMatchObject({
        items: { length: 3 },
        truncated: true,
      });
      for (const value of [
        ...SECRETS,
        'secret-value',
        'correct',
        'LXNlY3JldC',
      ]) {
        const query = new URLSearchParams({ text: value.slice(0, 200) });
        expect(await get(`/files/matches?${query}`)).toEqual({
          items: [],
          truncated: false,
        });
      }
      expectNoSecret(started);
    } finally {
      await stop();
    }
  });

  it('are shown to those who may read them, and are not there for others', async () => {
    const started = await start(databaseId);
    const { begin, get, of, stop, backend } = started;
    try {
      allowStages(started, 'live');
      const page: FilePage = await get('/files');
      expect(new Set(page.items.map(file => file.environment))).toEqual(
        new Set(['prod1']),
      );
      expect(page.environments.map(one => one.name)).toEqual(['prod1']);
      expect(new Set(pathsOf(await get('/files/matches?text=kind')))).toEqual(
        new Set(['prod1/checkout/Config.yaml', 'prod1/checkout/secret.yaml']),
      );
      await of('file', 'prod1/checkout/Config.yaml');
      await of('file', 'docs/guide.md');
      await of('file', '.slipway/repo.yaml');

      const denied = [
        'dev/checkout/Config.yaml',
        '.slipway/environments/dev.yaml',
      ];
      for (const path of denied) {
        const absent = `${path}.none`;
        for (const what of ['file', 'history', 'blame', 'diff']) {
          for (const query of [
            {},
            what === 'diff' ? { fromRevision: begin } : { revision: begin },
          ]) {
            const there = await of(what, path, query as {}, 404);
            if (what === 'history') continue;
            const not = await of(what, absent, query as {}, 404);
            expect(there.error.message.replace(path, '')).toBe(
              not.error.message.replace(absent, ''),
            );
          }
        }
      }
      await of('history', 'dev', {}, 404);
      await of(
        'diff',
        'prod1/checkout/Config.yaml',
        { fromPath: 'dev/checkout/Config.yaml' },
        404,
      );
      expect((await of('diff', 'dev', { fromRevision: begin })).files).toEqual(
        [],
      );

      allowStages(started);
      expect(await get('/files')).toMatchObject({
        items: [],
        total: 0,
        environments: [],
      });
      expect(await get('/files/matches?text=kind')).toMatchObject({
        items: [],
      });
      const known = await of('file', 'docs/guide.md', {}, 404);
      const unknown = await get(
        '/config-repos/none/file?path=docs%2Fguide.md',
        404,
      );
      expect(known.error.message).toBe(
        unknown.error.message.replace('none', 'shop'),
      );

      for (const path of [
        '/files',
        '/files/matches?text=kind',
        ...['file', 'history', 'blame', 'diff'].map(
          what => `/config-repos/shop/${what}?path=docs`,
        ),
      ]) {
        const status = async (authorization: string) =>
          (
            await request(backend.server)
              .get(`/api/slipway${path}`)
              .set('authorization', authorization)
          ).status;
        expect(await status(mockCredentials.none.header())).toBe(401);
        expect(await status(mockCredentials.service.header())).toBe(403);
      }
    } finally {
      await stop();
    }
  });

  it('answer bad input with what is wrong', async () => {
    const started = await start(databaseId);
    const { get, of, stop } = started;
    try {
      const paths: Array<[string, number]> = [
        ['..%2f..%2fetc%2fpasswd', 400],
        ['dev%2f..%2fdev%2fcheckout%2fConfig.yaml', 400],
        ['dev%2f.%2fcheckout', 400],
        ['%2fetc%2fpasswd', 400],
        ['dev%2f%2fcheckout', 400],
        ['dev%2fcheckout%2f', 400],
        ['dev%2fcheckout%2fConfig.yaml%00.png', 400],
        ['.git%2fconfig', 400],
        ['dev%2f.GIT%2fconfig', 400],
        ['dev%2f.g%e2%80%8cit%2fconfig', 400],
        // These are names like others, of files that are not there.
        ['%252e%252e%252fetc%252fpasswd', 404],
        ['..%5c..%5cetc%5cpasswd', 404],
        ['dev%2f%ef%bc%8e%ef%bc%8e%2fConfig.yaml', 404],
        ['dev%2f%c0%ae%c0%ae%2fConfig.yaml', 404],
        ['dev%2fcheckout%2flink%2fpasswd', 404],
        ['dev%2fcheckout%2flink%2f', 400],
        ['dev%2fcheckout', 404],
        ['DEV%2fcheckout%2fConfig.yaml', 404],
        ['', 400],
        ['x'.repeat(1001), 400],
      ];
      for (const [path, status] of paths) {
        for (const what of ['file', 'blame']) {
          const { error } = await get(
            `/config-repos/shop/${what}?path=${path}`,
            status,
          );
          expect(error.message).toEqual(expect.any(String));
        }
      }
      const path = 'dev/checkout/Config.yaml';
      await of('file', path, { revision: 'main' }, 400);
      await of('file', path, { revision: '--upload-pack=x' }, 400);
      for (const what of ['file', 'blame', 'history']) {
        await of(what, path, { revision: 'f'.repeat(40) }, 404);
      }
      await of('diff', path, { fromRevision: 'f'.repeat(40) }, 404);
      await of('diff', path, { fromPath: '../x' }, 400);
      await of('diff', 'dev/none', {}, 404);
      await of('blame', 'dev/checkout/logo.png', {}, 400);
      await of('history', path, { cursor: 'AAAA' }, 400);
      await of('history', path, { cursor: cursorOf(['history', path]) }, 400);
      await of(
        'history',
        path,
        { cursor: cursorOf([`history ${path}`, '--all', 'x']) },
        400,
      );
      for (const query of [
        'cursor=AAAA',
        `cursor=${cursorOf(['files', 'shop'])}`,
        'limit=0',
        'limit=2001',
        'entityRef=%3A%3A',
      ]) {
        await get(`/files?${query}`, 400);
      }
      await get('/files/matches?text=x', 400);
      await get('/files/matches', 400);
      for (const text of ['(a+)+$', '.*', '[', '\\ ', 'a\nb', '\u0000\u0000']) {
        expect(await get(`/files/matches?text=${percent(`${text} `)}`)).toEqual(
          { items: [], truncated: false },
        );
      }
    } finally {
      await stop();
    }
  });
});

function cursorOf(values: string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** Every byte, because some of those that URLs may hold are refused. */
function percent(text: string): string {
  return Buffer.from(text).toString('hex').replace(/../g, '%$&');
}
