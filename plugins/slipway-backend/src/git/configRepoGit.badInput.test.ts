import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { encodePacket } from './pktLine';
import { Interceptor } from './testUtils/gitServer';
import { TestRepo } from './testUtils/testRepo';

const SECRET = 'Basic c2VjcmV0OnRva2Vu';

describe('a config repo that cannot be read', () => {
  let repo: TestRepo;

  beforeEach(async () => {
    repo = await TestRepo.create([{ files: { 'a/b': '1\n', c: '2\n' } }]);
  });
  afterEach(() => repo.dispose());

  const answer =
    (
      status: number,
      headers: Record<string, string> = {},
      body = '',
    ): Interceptor =>
    (_request, response) => {
      response.writeHead(status, headers).end(body);
      return true;
    };
  const advertisement = {
    'content-type': 'application/x-git-upload-pack-advertisement',
  };

  it.each<[string, Interceptor, string, string]>([
    ['wrong credentials', answer(401), 'unauthorized', '401'],
    ['no rights', answer(403), 'unauthorized', '403'],
    ['not there', answer(404), 'repositoryNotFound', '404'],
    ['out of order', answer(502), 'unreachable', '502'],
    [
      'a page for people',
      answer(200, { 'content-type': 'text/html' }, '<html>Sign in</html>'),
      'notAGitServer',
      'text/html',
    ],
    [
      'a page that claims to be Git',
      answer(200, advertisement, '<html>Sign in</html>'),
      'notAGitServer',
      'Git protocol',
    ],
    ['nothing', answer(200, advertisement, ''), 'notAGitServer', 'smart HTTP'],
    [
      'half an answer',
      answer(200, advertisement, '00ffabc'),
      'unreachable',
      'in the middle',
    ],
    [
      'another host',
      answer(302, { location: `https://user:pw@sso.example/info/refs` }),
      'notAGitServer',
      'sso.example',
    ],
    [
      'the server says why',
      answer(
        200,
        advertisement,
        encodePacket(`ERR disk is full, header was ${SECRET}\n`).toString(),
      ),
      'unreachable',
      'disk is full',
    ],
    [
      'SHA-256',
      answer(
        200,
        advertisement,
        '000eversion 2\n0019object-format=sha256\n0000',
      ),
      'notAGitServer',
      'sha256',
    ],
    [
      'a connection that is cut',
      request => {
        request.socket.destroy();
        return true;
      },
      'unreachable',
      '',
    ],
    ['silence', () => true, 'timeout', '0.3 seconds'],
  ])('says so: %s', async (_, intercept, problem, detail) => {
    repo.server.intercept = intercept;
    const config = await repo.open({
      idleTimeoutMs: 300,
      credentials: async () => ({ headers: { authorization: SECRET } }),
    });
    const error = await config.refresh().catch(caught => caught);
    expect(error).toMatchObject({ name: 'GitError', problem });
    expect(error.detail).toContain(detail);
    expect(`${error} ${error.stack} ${JSON.stringify(error)}`).not.toMatch(
      /c2VjcmV0|user:pw/,
    );
    // And is well again as soon as the server is.
    repo.server.intercept = () => false;
    expect((await config.refresh()).snapshot.fileCount).toBe(2);
  });

  it('says so: nobody listens, no such host', async () => {
    const server = createServer();
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    await new Promise(done => server.close(done));
    for (const url of [`http://127.0.0.1:${port}/x`, 'http://x.invalid/y']) {
      const config = await repo.open({ url });
      await expect(config.refresh()).rejects.toMatchObject({
        problem: 'unreachable',
        detail: expect.stringMatching(/ECONNREFUSED|ENOTFOUND|EAI_AGAIN/),
      });
    }
  });

  it('tells an empty repository from a missing branch, and a branch from a tag', async () => {
    await repo.server.create('empty.git');
    const empty = await repo.open({ url: repo.server.url('empty.git') });
    await expect(empty.refresh()).rejects.toMatchObject({
      problem: 'emptyRepository',
    });
    await repo.git('tag', 'release');
    const missing = await repo.open({ branch: 'release' });
    await expect(missing.refresh()).rejects.toMatchObject({
      problem: 'branchNotFound',
    });
    const commit = await repo.commit({
      ref: 'refs/heads/release',
      files: { branch: 'yes' },
    });
    // A longer name with the same beginning is another branch.
    await repo.commit({ ref: 'refs/heads/release-2', files: { x: 'y' } });
    expect((await missing.refresh()).snapshot.commit).toBe(commit);
  });

  it.each([
    ['--upload-pack=x'],
    ['a..b'],
    ['a b'],
    [''],
    ['x.lock'],
    ['/x'],
    ['../../x'],
  ])('refuses the branch name %p', async branch => {
    await expect(repo.open({ branch })).rejects.toMatchObject({
      name: 'InputError',
    });
  });

  it('refuses URLs with credentials or of other kinds, without repeating them', async () => {
    for (const url of ['https://me:hunter2@h/x', 'file:///etc', 'hunter2']) {
      const error = await repo.open({ url }).catch(caught => caught);
      expect(error.name).toBe('InputError');
      expect(String(error)).not.toContain('hunter2');
    }
  });

  it('keeps to its limits', async () => {
    const small = await repo.open({ maxPackBytes: 40 });
    await expect(small.refresh()).rejects.toMatchObject({
      problem: 'tooLarge',
    });
    const config = await repo.open();
    const { snapshot } = await config.refresh();
    const { oid } = snapshot.entry('c')!;
    await expect(config.readBlob(oid, { maxBytes: 1 })).rejects.toMatchObject({
      problem: 'tooLarge',
    });
    await expect(config.readBlob(snapshot.rootTree)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    await expect(config.readBlob('e'.repeat(40))).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    await expect(config.readBlob('--help')).rejects.toMatchObject({
      name: 'InputError',
    });
  });

  it('shows names that nobody should use, marked', async () => {
    const blob = await repo.git('hash-object', '-w', '/dev/null');
    const entry = (name: Buffer) =>
      Buffer.concat([
        Buffer.from('100644 '),
        name,
        Buffer.from([0]),
        Buffer.from(blob, 'hex'),
      ]);
    const tree = await repo.server.git(
      'shop.git',
      ['hash-object', '-w', '-t', 'tree', '--literally', '--stdin'],
      Buffer.concat([
        entry(Buffer.from('..')),
        entry(Buffer.from([0xc4, 0x64])),
        entry(Buffer.from('Ünicode')),
      ]),
    );
    const commit = await repo.git('commit-tree', '-m', 'x', tree);
    await repo.git('update-ref', 'refs/heads/main', commit);
    const { snapshot } = await (await repo.open()).refresh();
    expect(
      snapshot.tree('')?.map(({ name, invalidName }) => [name, invalidName]),
    ).toEqual([
      ['..', true],
      ['\\xc4d', true],
      ['Ünicode', undefined],
    ]);
  });

  it('takes 25,000 files, and shares one look among all who ask', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 25_000 }, (_, i) => [
        `env-${i % 25}/module-${i % 1000}/file-${i}.yaml`,
        `number: ${i}\n`,
      ]),
    );
    files['lfs.bin'] =
      'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n';
    await repo.commit({ files });
    const config = await repo.open();
    const results = await Promise.all(
      Array.from({ length: 5 }, () => config.refresh()),
    );
    expect(new Set(results.map(result => result.snapshot)).size).toBe(1);
    expect(results[0].snapshot.fileCount).toBe(25_003);
    expect(repo.server.requests).toHaveLength(3);
    const pointer = results[0].snapshot.entry('lfs.bin')!;
    expect((await config.readBlob(pointer.oid)).toString()).toContain('lfs');
  }, 30_000);
});
