import { join } from 'node:path';
import { chmod, writeFile } from 'node:fs/promises';
import type { ConfigRepoGit, GitError, Snapshot } from '.';
import { encodePacket } from './pktLine';
import { change } from './testUtils/change';
import { git, Interceptor } from './testUtils/gitServer';
import { TestRepo } from './testUtils/testRepo';

describe.each([
  ['2', false],
  ['0', true],
])('pushing to a server of version %s', (_, oldProtocol) => {
  let repo: TestRepo;
  let config: ConfigRepoGit;
  let first: Snapshot;

  beforeEach(async () => {
    repo = await TestRepo.create([
      { files: { 'dev/a.yaml': 'a: 1\n', 'dev/b.yaml': 'b: 1\n', c: 'c\n' } },
      { files: { 'dev/a.yaml': 'a: 2\n' } },
    ]);
    repo.server.oldProtocol = oldProtocol;
    config = await repo.open();
    first = (await config.refresh()).snapshot;
  });
  afterEach(() => repo.dispose());

  const head = () => repo.git('rev-parse', 'refs/heads/main');
  const edit = (files: Record<string, string | undefined>, message?: string) =>
    change(config.snapshot!, config.snapshot!.commit, files, message);

  it('takes one request, and the cache is there without a fetch', async () => {
    const before = repo.server.requests.length;
    const one = edit(
      { 'dev/a.yaml': 'a: 3\n', c: undefined, '环境/新': 'neu\n' },
      'Set a to 3\r\n\r\nBecause.\u0000\n\n',
    );
    expect(await config.push(one)).toEqual({ type: 'pushed' });
    expect(repo.server.requests.length).toBe(before + 1);
    expect(await head()).toBe(one.to);
    expect(config.snapshot).toMatchObject({
      commit: one.to,
      rootTree: await repo.git('rev-parse', 'main^{tree}'),
      fileCount: 3,
    });
    const read = (path: string) =>
      config.readBlob(config.snapshot!.entry(path)!.oid).then(String);
    expect(await read('dev/a.yaml')).toBe('a: 3\n');
    expect(await read('环境/新')).toBe('neu\n');
    expect([...config.snapshot!.changedPaths(first)].sort()).toEqual(
      ['c', 'dev/a.yaml', '环境/新'].sort(),
    );
    expect(await config.commitInfo(one.to)).toMatchObject({
      parents: [first.commit],
      authorName: 'Ann Author',
      at: '2023-11-14T22:15:00.000Z',
      committerAt: '2023-11-14T22:16:40.000Z',
      message: 'Set a to 3\n\nBecause.\n',
    });
    expect(repo.server.requests.length).toBe(before + 1);

    // Two commits in one push, the second made on the first.
    const second = edit({ 'dev/b.yaml': 'b: 2\n' }, 'Second');
    const third = change(second.tree, second.to, { 'dev/b.yaml': 'b: 3\n' });
    const chain = {
      ...third,
      from: one.to,
      objects: [...second.objects, ...third.objects],
    };
    expect(await config.push(chain)).toEqual({ type: 'pushed' });
    expect(await repo.git('log', '--format=%s', `${one.to}..main`)).toBe(
      'Change\nSecond',
    );
    expect(await repo.git('fsck', '--strict')).toBe('');
    expect(await config.refresh()).toMatchObject({ changed: false });
    await config.close();

    // A restart finds it on disk, git finds no fault, and fetching goes on.
    const again = await repo.open();
    expect(again.snapshot?.commit).toBe(third.to);
    expect(await git(repo.directory, ['fsck', '--strict'])).toBe('');
    const next = await repo.commit({ files: { c: 'back\n' } });
    expect((await again.refresh()).snapshot.commit).toBe(next);
    expect((await again.lastChange('dev/b.yaml'))?.commit).toBe(third.to);
    expect((await again.lastChange('dev/a.yaml'))?.commit).toBe(one.to);
  });

  it('tells stale from refused by looking at the branch', async () => {
    const late = edit({ 'dev/a.yaml': 'mine\n' });
    const theirs = await repo.commit({ files: { 'dev/b.yaml': 'theirs\n' } });
    expect(await config.push(late)).toEqual({ type: 'stale' });
    expect(await head()).toBe(theirs);
    expect(config.snapshot?.commit).toBe(first.commit);
    await config.refresh();

    await hook(
      'pre-receive',
      'echo "Policy: freeze until Monday" >&2; printf "\\033[31mask ops\\033[0m https://u:pw@x.example/\\n" >&2; exit 1',
    );
    const refused = await config.push(edit({ 'dev/a.yaml': 'mine\n' }));
    expect(refused).toEqual({
      type: 'refused',
      words:
        'Policy: freeze until Monday\nask ops https://x.example/\npre-receive hook declined',
    });
    expect(await head()).toBe(theirs);

    await hook('pre-receive', 'exit 0');
    await repo.git('config', 'receive.denyNonFastForwards', 'true');
    await repo.git('config', 'http.receivepack', 'false');
    expect(await config.push(edit({ c: 'no right\n' }))).toEqual({
      type: 'refused',
      words: 'the server answered 403',
    });
    await repo.git('config', 'http.receivepack', 'true');

    // What is missing is noticed by the server, and the branch stays.
    const full = edit({ 'dev/a.yaml': 'not seen before\n' });
    const holes = { ...full, objects: full.objects.slice(1) };
    expect(await config.push(holes)).toMatchObject({ type: 'refused' });
    expect(await head()).toBe(theirs);
    await expect(
      config.push({ ...full, objects: full.objects.slice(0, 1) }),
    ).rejects.toThrow('not among the objects to push');
    expect(await config.push(full)).toEqual({ type: 'pushed' });
  });

  it('says that nobody knows when the answer is lost', async () => {
    const receive = (interceptor: Interceptor) => {
      repo.server.intercept = (request, response) =>
        request.url!.endsWith('/git-receive-pack') &&
        interceptor(request, response);
    };
    const lost = expect.objectContaining({ problem: 'unknownOutcome' });

    // Cut before it arrived: the branch has not moved, which proves nothing.
    let posts = 0;
    receive(request => {
      posts += 1;
      request.socket.destroy();
      return true;
    });
    const one = edit({ c: '1\n' });
    await expect(config.push(one)).rejects.toEqual(lost);
    expect(posts).toBe(1);
    expect(config.snapshot?.commit).toBe(first.commit);

    // Arrived, but the answer did not come: a look tells.
    receive((_request, response) => {
      response.write = () => true;
      response.end = () => response.destroy() && response;
      return false;
    });
    expect(await config.push(one)).toEqual({ type: 'pushed' });
    expect(config.snapshot?.commit).toBe(one.to);

    // The same, and someone else went on from there.
    await hook(
      'post-receive',
      `git update-ref refs/heads/main ${first.commit}`,
    );
    await expect(config.push(edit({ c: '2\n' }))).rejects.toEqual(lost);
    await repo.git('update-ref', 'refs/heads/main', one.to);
    await hook('post-receive', 'exit 0');

    const type = 'application/x-git-receive-pack-result';
    const answer =
      (status: number, headers = {}, body: string | Buffer = ''): Interceptor =>
      (request, response) => {
        request.resume();
        request.on('end', () => response.writeHead(status, headers).end(body));
        return true;
      };
    const report = (...lines: string[]) =>
      encodePacket(
        Buffer.concat([
          Buffer.of(1),
          ...lines.map(line => encodePacket(`${line}\n`)),
        ]),
      );
    const good = { 'content-type': type };
    const cases: [string, Interceptor, string][] = [
      ['gateway', answer(504), 'unknownOutcome'],
      ['page', answer(200, { 'content-type': 'text/html' }), 'unknownOutcome'],
      ['nothing', answer(200, good), 'unknownOutcome'],
      ['junk', answer(200, good, '<html>'), 'unknownOutcome'],
      ['half', answer(200, good, '00ff\u0001'), 'unknownOutcome'],
      [
        'another ref',
        answer(200, good, report('unpack ok', 'ok refs/heads/x')),
        'unknownOutcome',
      ],
      [
        'fatal',
        answer(200, good, encodePacket('\u0003disk is full')),
        'unknownOutcome',
      ],
      ['credentials', answer(401), 'unauthorized'],
      ['gone', answer(404), 'repositoryNotFound'],
      ['too large', answer(413), 'tooLarge'],
      ['busy', answer(429), 'unreachable'],
    ];
    for (const [name, interceptor, problem] of cases) {
      receive(interceptor);
      const error = await config.push(edit({ c: `${name}\n` })).catch(e => e);
      expect([name, (error as GitError).problem]).toEqual([name, problem]);
    }
    receive(
      answer(
        403,
        { 'content-type': 'text/plain' },
        'Permission to shop.git denied to robot.\n',
      ),
    );
    expect(await config.push(edit({ c: '3\n' }))).toEqual({
      type: 'refused',
      words: 'Permission to shop.git denied to robot.',
    });

    // A redirect within the host is followed, once it is known to be none of ours.
    repo.server.intercept = (request, response) => {
      const moved = request.url!.startsWith('/shop.git/');
      if (moved) {
        const location = `/moved${request.url}`;
        response.writeHead(307, { location }).end();
      }
      request.url = request.url!.replace('/moved/', '/');
      return moved;
    };
    expect(await config.push(edit({ c: '4\n' }))).toEqual({ type: 'pushed' });
    repo.server.intercept = () => false;

    const aborted = new AbortController();
    receive(() => {
      aborted.abort();
      return true;
    });
    const { signal } = aborted;
    await expect(
      config.push({ ...edit({ c: '5\n' }), signal }),
    ).rejects.toEqual(lost);
    await expect(
      config.push({ ...edit({ c: '5\n' }), signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    await repo.server.stop();
    await expect(config.push(edit({ c: '6\n' }))).rejects.toMatchObject({
      problem: 'unreachable',
    });
  });

  it('is not undone by a look that began before it', async () => {
    let letGo = () => {};
    const held = new Promise<void>(resolve => {
      letGo = resolve;
    });
    // The server answers with the old head, but the answer takes its time.
    repo.server.intercept = (_request, response) => {
      const { write, end } = response;
      response.write = ((chunk: Buffer) => {
        held.then(() => write.call(response, chunk, 'latin1'));
        return true;
      }) as typeof response.write;
      response.end = (() => {
        held.then(() => end.call(response, undefined, 'latin1'));
        return response;
      }) as typeof response.end;
      return false;
    };
    const seen = repo.server.requests.length;
    const looking = config.refresh();
    while (repo.server.requests.length === seen) {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    await new Promise(resolve => setTimeout(resolve, 100));
    repo.server.intercept = () => false;
    const big = Buffer.alloc(300_000, 'big ').toString();
    const one = edit({ c: 'pushed meanwhile\n', big });
    expect(await config.push(one)).toEqual({ type: 'pushed' });
    letGo();
    expect((await looking).snapshot.commit).toBe(one.to);
    expect(config.snapshot?.commit).toBe(one.to);
  });

  async function hook(name: string, script: string) {
    const path = join(repo.server.root, 'shop.git', 'hooks', name);
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
  }
});
