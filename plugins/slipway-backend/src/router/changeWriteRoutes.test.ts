import { generateKeyPairSync } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { files, startReplica, until } from '../__testUtils__/startReplica';
import { blobObject } from '../git';
import { TestRepo } from '../git/testUtils/testRepo';
import {
  createSlipwayEnvironmentConditionalDecision,
  slipwayEnvironmentConditions,
} from '../permissions';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });
const oidOf = (text: string) => blobObject(Buffer.from(text)).oid;

const VALUE = 'aHVudGVyMg==';
const LIVE_VALUE = 'bGl2ZS1zZWNyZXQ=';
const secret = (value: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: db }\ndata:\n  password: ${value}\n`;
const configMap = (name: string, value = '1') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { a: '${value}' }\n`;
const content: Record<string, string> = {
  ...files,
  '.slipway/repo.yaml': files['.slipway/repo.yaml'].replace(
    'ignore: [apps]',
    'ignore: [apps, base]',
  ),
  'dev/cart/secret.yaml': secret(VALUE),
  'dev/cart/one.yaml': configMap('one'),
  'dev/cart/two.yaml': configMap('two'),
  'dev/windows/a.yaml': '\ufeffa: 1\r\nb: 2\r\n',
  'dev/checkout/kustomization.yaml': 'resources: [../../base, a.yaml]\n',
  'base/kustomization.yaml': 'resources: [config.yaml]\n',
  'base/config.yaml': configMap('shared'),
  'prod1/checkout/secret.yaml': secret(LIVE_VALUE),
  'README.md': 'Read me\n',
};
const write = (path: string, text: string, base = content[path]) => ({
  type: 'write',
  path,
  text,
  base: base === undefined ? undefined : oidOf(base),
});

describe.each(databases.eachSupportedId())('changes on %s', databaseId => {
  let replica: Awaited<ReturnType<typeof startReplica>>;
  let repo: TestRepo;

  beforeEach(async () => {
    repo = await TestRepo.create([{ files: content, message: 'Begin' }]);
    replica = await startReplica(await databases.init(databaseId), repo);
    const cart = '/environments/shop/dev/modules/cart';
    await until(async () => (await replica.get(cart)).status === 200);
  });
  afterEach(() => replica.stop());

  const plan = async (...operations: object[]) => {
    const { body, text } = await replica
      .post('/config-repos/shop/changes/plan')
      .send({ kind: 'edit', operations })
      .expect(200);
    return { ...body, text };
  };
  const create = (body: object) =>
    replica
      .post('/config-repos/shop/changes')
      .send({ kind: 'edit', message: 'Change it', ...body });
  const edit = (...operations: object[]) => create({ operations });
  const codes = (found: Array<{ code: string }>) =>
    found.map(({ code }) => code);
  const head = () => repo.git('rev-parse', 'main');

  /** From now on the caller may read, or change, only what is in stage dev. */
  function onlyDev(permission: string) {
    const { authorize, authorizeConditional } = replica.permissions;
    authorize.mockImplementation(async requests =>
      requests.map(one => ({
        result:
          one.permission.name === permission &&
          !/^shop\/dev/.test(one.resourceRef ?? '')
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      })),
    );
    authorizeConditional.mockImplementation(async requests =>
      requests.map(one =>
        one.permission.name === permission
          ? createSlipwayEnvironmentConditionalDecision(
              one.permission as ResourcePermission<'slipway-environment'>,
              slipwayEnvironmentConditions.hasStage({ stages: ['dev'] }),
            )
          : { result: AuthorizeResult.ALLOW },
      ),
    );
  }

  it('plans an edit, and brings it into the branch once under the name of who asked', async () => {
    const begin = await head();
    const operation = write('dev/cart/one.yaml', configMap('one', '2'));
    const planned = await plan(operation);
    expect(planned).toMatchObject({
      base: begin,
      files: [
        {
          path: 'dev/cart/one.yaml',
          status: 'modified',
          environment: 'dev',
          module: 'cart',
          diff: { additions: 1, deletions: 1 },
        },
      ],
      touches: [{ environment: 'dev', module: 'cart', stage: 'dev' }],
      conflicts: [],
      pruned: [],
      gate: { allowed: true, missing: [] },
    });
    // The clusters of this test do not answer: that is told, and stops nobody.
    expect(planned.findings).toEqual([
      {
        severity: 'info',
        code: 'schemasUnavailable',
        params: { clusters: 'center' },
      },
    ]);
    expect(await head()).toBe(begin);

    await create({ operations: [operation], message: '  ' }).expect(400);
    await create({ operations: [] }).expect(400);
    const body = { operations: [operation], idempotencyKey: 'once' };
    const created = await create(body).expect(201);
    expect(created.body).toMatchObject({
      summary: { title: 'Change it', kind: 'edit', files: 1 },
      files: [{ path: 'dev/cart/one.yaml', status: 'modified' }],
    });
    const again = await create(body).expect(201);
    expect(again.body.summary.id).toBe(created.body.summary.id);
    expect(
      await repo.git('log', '-1', '--format=%s|%an|%ae|%cn|%p', 'main'),
    ).toBe(
      `Change it|mock|mock@users.noreply.slipway.invalid|Slipway|${begin.slice(
        0,
        7,
      )}`,
    );
    await edit(operation).expect(400);
    await replica
      .post('/config-repos/shop/changes')
      .set('authorization', mockCredentials.service.header())
      .send({ ...body, kind: 'edit', message: 'Robots' })
      .expect(403);
    await replica
      .post('/config-repos/nowhere/changes')
      .send({ ...body, kind: 'edit', message: 'Nowhere' })
      .expect(404);
  });

  it('writes nowhere that it must not', async () => {
    const begin = await head();
    for (const [path, code] of [
      ['../escape.yaml', 'pathEscapes'],
      ['dev/cart/../../prod1/checkout/a.yaml', 'pathEscapes'],
      ['dev/cart/%2e%2e/%2e%2e/x.yaml', 'pathEscapes'],
      ['dev/cart/%252e%252e/x.yaml', 'pathEscapes'],
      ['dev/cart/%c0%ae%c0%ae/x.yaml', 'pathEscapes'],
      ['dev\\..\\..\\x.yaml', 'pathEscapes'],
      ['/etc/passwd', 'pathEscapes'],
      ['dev//x.yaml', 'pathEscapes'],
      ['dev/cart/．．/x.yaml', 'pathEscapes'],
      ['.git/config', 'pathProtected'],
      ['dev/.GiT/hooks/post-receive', 'pathProtected'],
      ['dev/.g\u200cit/config', 'pathProtected'],
      ['dev/GIT~1/config', 'pathProtected'],
      ['.gitmodules', 'pathProtected'],
      ['.GITMODULES', 'pathProtected'],
      ['dev/cart/a.yaml\0.txt', 'pathNotPortable'],
      ['dev/cart/aux.yaml', 'pathNotPortable'],
      [`dev/cart/${'x'.repeat(300)}`, 'pathTooLong'],
      ['dev/cart/a.yaml/b.yaml', 'pathClash'],
      ['dev/cart', 'pathClash'],
    ]) {
      const planned = await plan({ type: 'write', path, text: 'x' });
      expect([path, planned.files[0].status]).toEqual([path, 'refused']);
      expect([path, planned.files[0].reason.code]).toEqual([path, code]);
      const refused = await edit({ type: 'write', path, text: 'x' });
      expect([path, refused.status]).toEqual([path, 400]);
      expect(refused.body.error.message).toContain(code);
    }
    await repo.commit({
      files: { 'dev/cart/link': { mode: '120000', content: '../../prod1' } },
    });
    await replica.post('/config-repos/shop/refresh').expect(200);
    for (const path of ['dev/cart/link', 'dev/cart/link/checkout/a.yaml']) {
      const { files: through } = await plan({ type: 'write', path, text: 'x' });
      expect(through[0].reason?.code).toBe('pathThroughLink');
    }
    expect(await repo.git('rev-parse', 'main~1')).toBe(begin);
  });

  it('keeps every byte, and takes neither too large files nor too large changes', async () => {
    const windows = content['dev/windows/a.yaml'];
    const bytes = Buffer.from([0, 255, 13, 10, 0, 1]);
    const { body } = await edit(
      write('dev/windows/a.yaml', windows.replace('b: 2', 'b: 3')),
      {
        type: 'write',
        path: 'dev/cart/logo.bin',
        base64: bytes.toString('base64'),
      },
    ).expect(201);
    expect(body.summary.commit).toBe(await head());
    expect(await repo.git('show', 'main:dev/windows/a.yaml')).toBe(
      '\ufeffa: 1\r\nb: 3\r',
    );
    expect(await repo.git('rev-parse', 'main:dev/cart/logo.bin')).toBe(
      blobObject(bytes).oid,
    );
    const large = Buffer.alloc(10_000_000, 97).toString('base64');
    const planned = await plan({
      type: 'write',
      path: 'dev/cart/large.txt',
      base64: large,
    });
    expect(planned.files[0].reason).toMatchObject({ code: 'fileTooLarge' });
    const tooMuch = await edit({
      type: 'write',
      path: 'dev/cart/large.txt',
      base64: large + large,
    }).expect(413);
    expect(tooMuch.body.error.message).toMatch(/larger than 24 MB/);
    await replica
      .post('/environments/shop/dev/modules/cart/operations')
      .send({ type: 'sync', cluster: 'x'.repeat(200_000) })
      .expect(413);
    await edit({
      type: 'write',
      path: 'dev/cart/logo.bin',
      base64: '%%%',
    }).expect(400);
  });

  it('tells nobody what they may not read, whatever they name', async () => {
    onlyDev('slipway.file.read');
    const live = 'prod1/checkout/secret.yaml';
    const stolen = oidOf(content[live]);
    const token = secret('⟪masked:1⟫');
    for (const operation of [
      { type: 'write', path: live, text: token, base: stolen },
      { type: 'write', path: live, text: 'x' },
      { type: 'write', path: 'prod1/checkout/none.yaml', text: 'x' },
      { type: 'delete', path: live, base: stolen },
      { type: 'rename', path: 'dev/cart/mine.yaml', from: live, base: stolen },
      {
        type: 'rename',
        path: live,
        from: 'dev/cart/one.yaml',
        base: oidOf(content['dev/cart/one.yaml']),
      },
    ]) {
      const planned = await plan(operation);
      expect(planned.files).toMatchObject([
        { status: 'refused', reason: { code: 'fileNotFound' } },
      ]);
      expect(planned).toMatchObject({ touches: [], conflicts: [], pruned: [] });
      expect(planned.text).not.toContain(LIVE_VALUE);
      await edit(operation).expect(404);
    }
    // A blob id alone opens nothing: not in a text with tokens, nor as the base of a conflict.
    for (const operation of [
      { type: 'write', path: 'dev/cart/new.yaml', text: token, base: stolen },
      { type: 'write', path: 'dev/cart/a.yaml', text: 'mine', base: stolen },
      { type: 'delete', path: 'dev/cart/a.yaml', base: stolen },
      {
        type: 'rename',
        path: 'dev/cart/b.yaml',
        from: 'dev/cart/a.yaml',
        text: token,
        base: stolen,
      },
      {
        type: 'write',
        path: 'dev/cart/a.yaml',
        text: token,
        base: oidOf(content['README.md']),
      },
    ]) {
      for (const path of ['changes/plan', 'changes']) {
        const { status, body } = await replica
          .post(`/config-repos/shop/${path}`)
          .send({ kind: 'edit', message: 'Steal', operations: [operation] });
        expect(status).toBe(400);
        expect(body.error.message).toMatch(/load the file again/);
      }
    }
    replica.permissions.authorizeConditional.mockImplementation(
      async requests => requests.map(() => ({ result: AuthorizeResult.DENY })),
    );
    await edit(write('dev/cart/a.yaml', 'a: 2\n')).expect(404);
  });

  it('asks the policy for everything that is touched, at the time of the change', async () => {
    onlyDev('slipway.change.create');
    const live = write('prod1/checkout/a.yaml', 'a: 2\n');
    const planned = await plan(live, write('dev/cart/a.yaml', 'a: 2\n'));
    expect(planned.gate).toEqual({
      allowed: false,
      missing: [
        {
          code: 'permissionMissing',
          params: { permission: 'slipway.change.create', environment: 'prod1' },
        },
      ],
    });
    const denied = await edit(live).expect(403);
    expect(denied.body.error.message).toMatch(/slipway\.change\.create.*prod1/);

    // A shared base needs it on every environment that builds on it; what is nobody's needs more.
    const base = await plan(
      write('base/config.yaml', configMap('shared', '2')),
    );
    expect(base.touches).toMatchObject([
      { environment: 'dev', module: 'checkout', shared: true },
    ]);
    onlyDev('slipway.config-repo.admin');
    for (const path of ['README.md', '.slipway/environments/dev.yaml']) {
      const { gate } = await plan(write(path, `${content[path]}# x\n`));
      expect(codes(gate.missing)).toEqual(['configRepoAdminMissing']);
      await edit(write(path, `${content[path]}# x\n`)).expect(403);
    }
    expect(await repo.git('log', '--format=%s', 'main')).toBe('Begin');
  });

  it('refuses what would touch more than was granted when it goes', async () => {
    await repo.commit({
      files: {
        'prod1/checkout/kustomization.yaml': 'resources: [../../base]\n',
      },
      message: 'Have prod1 build on it too',
    });
    const { body } = await edit(
      write('base/config.yaml', configMap('shared', '2')),
    ).expect(201);
    expect(body.summary).toMatchObject({
      state: 'Failed',
      reason: { code: 'touchesMore', params: { environments: 'prod1' } },
    });
    expect(await repo.git('log', '-1', '--format=%s', 'main')).toBe(
      'Have prod1 build on it too',
    );
  });

  it('keeps Secret values masked, and in their place', async () => {
    const path = 'dev/cart/secret.yaml';
    const masked = secret('⟪masked:1⟫').replace(
      'name: db',
      'name: db, labels: { a: b }',
    );
    const kept = await plan(write(path, masked));
    expect(kept.gate.allowed).toBe(true);
    expect(kept.text).not.toContain(VALUE);
    const fresh = await plan(write(path, secret('bmV3LXBhc3N3b3Jk')));
    expect(fresh.findings).toMatchObject([
      { severity: 'error', code: 'plainSecret', file: path, line: 5 },
      { code: 'schemasUnavailable' },
    ]);
    expect(codes(fresh.gate.missing)).toEqual(['changeHasErrors']);
    expect(fresh.text).not.toMatch(/aHVudGVyMg|bmV3LXBhc3N3b3Jk/);
    const typed = await plan(write(path, secret('⟪masked:2⟫')));
    expect(codes(typed.findings)).toContain('maskTokenUnknown');

    // By another name it would be read as prose.
    for (const text of [undefined, `${secret('⟪masked:1⟫')}# more\n`]) {
      const operation = {
        type: 'rename',
        path: 'dev/cart/notes.md',
        from: path,
        text,
        base: oidOf(content[path]),
      };
      const shown = await plan(operation);
      expect(codes(shown.findings)).toContain('secretWouldShow');
      expect(shown.text).not.toContain(VALUE);
      await edit(operation).expect(400);
    }
    // Someone else's edit comes back to be settled, masked on every side.
    await edit(write(path, masked)).expect(201);
    const conflict = await plan(write(path, `# mine\n${secret('⟪masked:1⟫')}`));
    expect(conflict.conflicts).toMatchObject([
      {
        path,
        clean: true,
        theirsBase: expect.any(String),
        theirCommit: { subject: 'Change it', authorName: 'mock' },
      },
    ]);
    expect(conflict.text).not.toContain(VALUE);
    const { merged, theirsBase } = conflict.conflicts[0];
    await edit({ type: 'write', path, text: merged, base: theirsBase }).expect(
      201,
    );
    expect(await repo.git('show', `main:${path}`)).toBe(
      `# mine\n${masked.replace('⟪masked:1⟫', VALUE)}`.trimEnd(),
    );
    await edit(write(path, masked)).expect(409);
  });

  it('finds what is broken, twice there, or no more', async () => {
    const twice = await plan(
      write('dev/cart/two.yaml', configMap('one', '3')),
      write('dev/cart/a.yaml', 'a: 1\na: 2\n'),
    );
    expect(twice.findings).toMatchObject([
      { code: 'duplicateKey', file: 'dev/cart/a.yaml', line: 2 },
      {
        severity: 'error',
        code: 'duplicateObject',
        file: 'dev/cart/two.yaml',
        params: { firstFile: 'dev/cart/one.yaml' },
      },
      { severity: 'info', code: 'schemasUnavailable' },
    ]);
    expect(twice.pruned).toMatchObject([
      { kind: 'ConfigMap', name: 'two', environment: 'dev', module: 'cart' },
    ]);
    // Nothing goes that was never looked at as a plan.
    await edit(write('dev/cart/two.yaml', configMap('one', '3'))).expect(400);
    const gone = await plan({ type: 'delete', path: 'base/config.yaml' });
    expect(gone.findings).toMatchObject([
      {
        severity: 'error',
        code: 'referenceMissing',
        file: 'base/kustomization.yaml',
        params: { reference: 'config.yaml' },
      },
    ]);
    expect(gone.pruned).toMatchObject([
      { name: 'shared', environment: 'dev', module: 'checkout' },
    ]);
  });

  it('knows what the sync engine reads of a module, and so what it would prune', async () => {
    const move = {
      type: 'rename',
      from: 'dev/cart/two.yaml',
      path: 'dev/cart/more/two.yaml',
    };
    expect((await plan(move)).pruned).toEqual([]);

    const told = replica.application('dev', 'cart', { revision: await head() });
    await replica.engine.tell('center', told);
    const cart = '/environments/shop/dev/modules/cart';
    await until(
      async () => (await replica.get(cart)).body.engineObjects.length > 0,
    );
    expect((await plan(move)).pruned).toMatchObject([
      {
        kind: 'ConfigMap',
        name: 'two',
        file: 'dev/cart/two.yaml',
        environment: 'dev',
        module: 'cart',
      },
    ]);
    const unread = await plan(
      write('dev/cart/more/one.yaml', configMap('one', '3')),
    );
    expect(codes(unread.findings)).toEqual(['schemasUnavailable']);

    await replica.engine.tell('center', {
      ...told,
      resourceVersion: '2',
      sources: told.sources.map(one => ({ ...one, recurse: true })),
    });
    await until(async () => (await plan(move)).pruned.length === 0);
  });

  it('rolls back through the same gate, with a reason', async () => {
    const begin = await head();
    const path = 'dev/cart/one.yaml';
    const { body } = await edit(write(path, configMap('one', '2'))).expect(201);
    const undo = {
      kind: 'rollback',
      rollback: { change: body.summary.id },
      message: 'Take it back',
    };
    const planned = await replica
      .post('/config-repos/shop/changes/plan')
      .send(undo)
      .expect(200);
    expect(planned.body).toMatchObject({
      files: [{ path, status: 'modified', diff: { additions: 1 } }],
      operations: [{ type: 'write', path }],
      gate: { allowed: true },
    });
    expect(planned.body.operations[0]).not.toHaveProperty('content');
    await create(undo).expect(400);
    const undone = await create({ ...undo, reason: 'It broke' }).expect(201);
    expect(undone.body).toMatchObject({
      changeReason: 'It broke',
      undoes: body.summary.id,
      summary: { kind: 'rollback' },
    });
    expect(await repo.git('diff', '--stat', begin, 'main')).toBe('');
    await create({
      kind: 'rollback',
      rollback: { change: 999 },
      reason: 'None',
    }).expect(404);
    await create({ kind: 'rollback', reason: 'None' }).expect(400);
  });

  it('signs as it is configured', async () => {
    const signing = await TestRepo.create([{ files: content }]);
    const { privateKey } = generateKeyPairSync('ed25519');
    const signed = await startReplica(
      await databases.init(databaseId),
      signing,
      {
        slipway: {
          git: {
            committer: { name: 'Delivery', email: 'delivery@example.org' },
            signingKey: privateKey
              .export({ type: 'pkcs8', format: 'pem' })
              .toString(),
          },
        },
      },
    );
    try {
      const cart = '/environments/shop/dev/modules/cart';
      await until(async () => (await signed.get(cart)).status === 200);
      await signed
        .post('/config-repos/shop/changes')
        .send({
          kind: 'edit',
          message: 'Sign it',
          operations: [write('dev/cart/a.yaml', 'a: 2\n')],
        })
        .expect(201);
      expect(await signing.git('cat-file', 'commit', 'main')).toMatch(
        /\ncommitter Delivery <delivery@example\.org> .*\ngpgsig -----BEGIN SSH SIGNATURE-----\n/,
      );
    } finally {
      await signed.stop();
    }
  });

  it('shows the words of a server that refuses', async () => {
    const hook = join(repo.server.root, 'shop.git', 'hooks', 'pre-receive');
    await writeFile(hook, '#!/bin/sh\necho "Protected: ask Ann" >&2\nexit 1\n');
    await chmod(hook, 0o755);
    const { body } = await edit(write('dev/cart/a.yaml', 'a: 2\n')).expect(201);
    expect(body.summary).toMatchObject({
      state: 'Failed',
      reason: { code: 'pushRefused' },
    });
    expect(body.summary.reason.params.words).toContain('Protected: ask Ann');
    expect(await repo.git('log', '--format=%s', 'main')).toBe('Begin');
  });
});
