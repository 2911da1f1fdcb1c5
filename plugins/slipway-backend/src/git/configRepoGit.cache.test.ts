import { spawnSync } from 'node:child_process';
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigRepoGit } from './configRepoGit';
import { git } from './testUtils/gitServer';
import { TestRepo } from './testUtils/testRepo';

describe('a cache on disk', () => {
  let repo: TestRepo;
  let packs: string;

  beforeEach(async () => {
    repo = await TestRepo.create([{ files: { 'a/b': '1\n' } }]);
    packs = join(repo.directory, 'objects', 'pack');
    const config = await repo.open();
    await config.refresh();
    await config.close();
  });
  afterEach(() => repo.dispose());

  const file = (extension: string) =>
    join(packs, readdirSync(packs).find(name => name.endsWith(extension))!);

  it.each<[string, () => void]>([
    ['the pack is gone', () => rmSync(file('.pack'))],
    ['the index is gone', () => rmSync(file('.idx'))],
    ['the index is cut', () => truncateSync(file('.idx'), 700)],
    ['the pack is cut', () => truncateSync(file('.pack'), 60)],
    [
      'the index is garbage',
      () => writeFileSync(file('.idx'), Buffer.alloc(2000, 7)),
    ],
    [
      'the pack is garbage inside',
      () => {
        const { size } = statSync(file('.pack'));
        const trailer = readFileSync(file('.pack'));
        const junk = Buffer.alloc(size, 7);
        trailer.copy(junk, size - 20, size - 20);
        writeFileSync(file('.pack'), junk);
      },
    ],
    [
      'the branch points nowhere',
      () =>
        writeFileSync(
          join(repo.directory, 'refs/heads/main'),
          `${'b'.repeat(40)}\n`,
        ),
    ],
    [
      'the branch is garbage',
      () => writeFileSync(join(repo.directory, 'refs/heads/main'), '\0\0'),
    ],
    [
      'it belongs to another repository',
      () => writeFileSync(join(repo.directory, 'config'), '[core]\n'),
    ],
    [
      'everything is gone',
      () => rmSync(repo.directory, { recursive: true, force: true }),
    ],
  ])('mends itself when %s', async (_, damage) => {
    damage();
    const config = await repo.open();
    expect(config.snapshot).toBeUndefined();
    const { snapshot } = await config.refresh();
    const { oid } = snapshot.entry('a/b')!;
    expect((await config.readBlob(oid)).toString()).toBe('1\n');
    await config.close();
    expect((await repo.open()).snapshot?.commit).toBe(snapshot.commit);
  });

  it('mends itself when it is damaged under our feet', async () => {
    const head = await repo.commit({ files: { 'a/c': '2\n' } });
    const config = await repo.open();
    await config.refresh();
    for (const name of readdirSync(packs).filter(n => n.endsWith('.pack'))) {
      writeFileSync(join(packs, name), 'gone');
    }
    const { oid } = config.snapshot!.entry('a/c')!;
    expect((await config.readBlob(oid)).toString()).toBe('2\n');
    expect(config.snapshot?.commit).toBe(head);
    expect((await config.lastChange('a/c'))?.commit).toBe(head);
  });

  it('stays good when a fetch is aborted in its middle, by one or by all', async () => {
    const config = await repo.open();
    const before = config.snapshot!.commit;
    const noise = () =>
      Array.from({ length: 40_000 }, () => Math.random()).join();
    const head = await repo.commit({
      files: { 'a/c': noise(), 'a/d': noise() },
    });

    // Everyone leaves as soon as the pack begins to flow.
    const abort = new AbortController();
    repo.server.intercept = (request, response) => {
      request.on('data', chunk => {
        if (String(chunk).includes('command=fetch')) {
          const write = response.write.bind(response);
          response.write = (data: Buffer) => {
            setImmediate(() => abort.abort());
            response.write = write;
            return write(data.subarray(0, 2000));
          };
        }
      });
      return false;
    };
    const { signal } = abort;
    await expect(config.refresh({ signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(config.snapshot?.commit).toBe(before);
    await config.close();
    repo.server.intercept = () => false;
    const again = await repo.open();
    expect(again.snapshot?.commit).toBe(before);

    // One leaves, the other gets what both asked for.
    const impatient = new AbortController();
    const both = Promise.allSettled([
      again.refresh({ signal: impatient.signal }),
      again.refresh(),
    ]);
    impatient.abort();
    const [left, stayed] = await both;
    expect(left.status).toBe('rejected');
    expect(stayed).toMatchObject({ value: { changed: true } });
    expect(again.snapshot?.commit).toBe(head);
    expect(readdirSync(packs).filter(n => n.startsWith('tmp_'))).toEqual([]);
  });

  it('joins its packs before they are too many', async () => {
    const config = await repo.open();
    const oids: string[] = [];
    for (let i = 0; i < 60; i++) {
      await repo.commit({
        time: 1_700_000_000 + i,
        files: { 'a/b': `${i}\n` },
      });
      const { snapshot } = await config.refresh();
      oids.push(snapshot.entry('a/b')!.oid);
    }
    const indexes = readdirSync(packs).filter(n => n.endsWith('.idx'));
    expect(indexes.length).toBeLessThan(20);
    const read = await Promise.all(oids.map(oid => config.readBlob(oid)));
    expect(read.map(String)).toEqual(oids.map((_, i) => `${i}\n`));
    await config.close();
    const { snapshot } = await repo.open();
    expect(snapshot?.entry('a/b')?.oid).toBe(oids.at(-1));
    expect(await git(repo.directory, ['fsck', '--strict'])).toBe('');
    for (const name of indexes) {
      await git(repo.directory, ['verify-pack', `objects/pack/${name}`]);
    }
  }, 60_000);

  it('touches nothing in the folder that is not its own', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'someones-'));
    await mkdir(join(directory, 'precious'));
    const config = await ConfigRepoGit.open({
      url: repo.server.url('shop.git'),
      branch: 'main',
      directory,
      logger: mockServices.logger.mock(),
      credentials: async () => ({ headers: {} }),
    });
    await config.refresh();
    await config.close();
    expect(readdirSync(directory)).toContain('precious');
    await rm(directory, { recursive: true });
  });

  it('is one for each process, and outlives one that was killed', async () => {
    const beside = `${repo.directory}.2`;
    const lock = join(repo.directory, 'slipway.lock');
    try {
      const first = await repo.open();
      const head = first.snapshot!.commit;
      const second = await repo.open();
      expect(second.snapshot).toBeUndefined();
      expect((await second.refresh()).snapshot.commit).toBe(head);
      expect(existsSync(join(beside, 'HEAD'))).toBe(true);
      await second.close();
      await first.close();
      expect(existsSync(lock)).toBe(false);

      const host = hostname();
      const ended = spawnSync(process.execPath, ['-e', '']).pid;
      const old = new Date(Date.now() - 600_000);
      const cases: [object | string, Date, 'taken over' | 'left alone'][] = [
        [{ host, pid: process.ppid }, old, 'left alone'],
        [{ host, pid: ended }, new Date(), 'taken over'],
        // A container begun anew has the number of the one before.
        [{ host, pid: process.pid }, new Date(), 'taken over'],
        [{ host: 'elsewhere', pid: 1 }, new Date(), 'left alone'],
        [{ host: 'elsewhere', pid: 1 }, old, 'taken over'],
        ['', new Date(), 'left alone'],
        ['', old, 'taken over'],
      ];
      for (const [content, at, what] of cases) {
        await rm(beside, { recursive: true, force: true });
        const text =
          typeof content === 'string' ? content : JSON.stringify(content);
        writeFileSync(lock, text);
        utimesSync(lock, at, at);
        const config = await repo.open();
        const warm = config.snapshot?.commit === head;
        expect([text, warm ? 'taken over' : 'left alone']).toEqual([
          text,
          what,
        ]);
        await config.close();
        expect([text, existsSync(lock)]).toEqual([text, !warm]);
        rmSync(lock, { force: true });
      }
    } finally {
      await rm(beside, { recursive: true, force: true });
    }
  });
});
