import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { migrate } from '../../database/migrate';
import { blobObject, type ConfigRepoGit } from '../../git';
import { TestRepo } from '../../git/testUtils/testRepo';
import { DatabaseChangeStore } from '../DatabaseChangeStore';
import type { NewChange, StoredChange } from '../types';
import { ChangeExecutor } from './ChangeExecutor';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });
const logger = mockServices.logger.mock();
const oidOf = (text: string) => blobObject(Buffer.from(text)).oid;

function write(
  path: string,
  text: string,
  base?: string,
  key?: string,
): NewChange {
  return {
    configRepo: 'shop',
    kind: 'edit',
    message: `Set ${path}\n\nReviewed-by: Bob`,
    author: { name: 'Ann', email: 'ann@example.org', entityRef: 'user:x/ann' },
    idempotencyKey: key,
    operations: [
      {
        type: 'write',
        path,
        content: Buffer.from(text),
        base: base === undefined ? undefined : oidOf(base),
      },
    ],
    plan: {
      base: 'a'.repeat(40),
      digest: 'v1:1',
      files: [{ path, status: 'modified' }],
      touches: [],
      places: [],
    },
  };
}

describe.each(databases.eachSupportedId())('executing on %s', databaseId => {
  let knex: Knex;
  let repo: TestRepo;
  let git: ConfigRepoGit;
  let store: DatabaseChangeStore;
  const running: ChangeExecutor[] = [];

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    await migrate(mockServices.database({ knex }));
    repo = await TestRepo.create([{ files: { a: 'a\n', b: 'b\n', c: 'c\n' } }]);
    git = await repo.open();
    await git.refresh();
    store = DatabaseChangeStore.create({ knex });
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map(one => one.stop()));
    await repo.dispose();
    await knex.destroy();
  });

  function executor(
    options: { git?: ConfigRepoGit; store?: DatabaseChangeStore } = {},
  ): ChangeExecutor {
    const one = ChangeExecutor.create({
      store: options.store ?? store,
      open: async () => options.git ?? git,
      committer: { name: 'Slipway', email: 'slipway@example.org' },
      logger,
    });
    running.push(one);
    return one;
  }
  const log = (format: string) =>
    repo.git('log', '--reverse', `--format=${format}`, 'main');
  const show = (path: string) => repo.git('show', `main:${path}`);
  async function outcome(
    by: ChangeExecutor,
    change: StoredChange,
  ): Promise<StoredChange> {
    await by.ended(change, 20_000);
    return (await store.get(change.id))!;
  }

  it('pushes what waits as a chain of commits in one request', async () => {
    const changes = [];
    for (const name of ['a', 'b', 'c']) {
      changes.push(await store.insert(write(name, `${name}2\n`, `${name}\n`)));
    }
    const overlapping = await store.insert(write('a', 'a3\n', 'a\n'));
    const later = await store.insert(write('a', 'a4\n', 'a2\n'));
    const one = executor();
    await one.start();
    const ended = [];
    for (const change of changes) ended.push(await outcome(one, change));
    const pushes = repo.server.requests.filter(request =>
      /^POST .*git-receive-pack/.test(request),
    );
    expect(pushes.length).toBeLessThanOrEqual(2);
    expect(ended.map(({ state }) => state)).toEqual(Array(3).fill('Following'));
    expect((await outcome(one, overlapping)).reason?.code).toBe('conflict');
    expect((await outcome(one, later)).state).toBe('Failed');
    expect((await log('%H')).split('\n').slice(1)).toEqual(
      ended.map(({ commit }) => commit),
    );
    expect(ended[0]).toMatchObject({
      steps: [{ step: 'requested' }, { step: 'pushing' }, { step: 'pushed' }],
      attempts: [{ number: 1, result: 'pushed', commit: ended[0].commit }],
    });
    expect(await repo.git('log', '-1', '--format=%an %ce%n%B', 'main~2')).toBe(
      `Ann slipway@example.org\nSet a\n\nReviewed-by: Bob\nSlipway-Change: ${changes[0].id}\n`,
    );
    expect(await knex('change_files').whereNotNull('content').select()).toEqual(
      [],
    );
  });

  it('answers the same change to the same key', async () => {
    const first = await store.insert(write('a', '1', 'a\n', 'k'));
    const again = await store.insert(write('a', '2', 'a\n', 'k'));
    expect(again.id).toBe(first.id);
    expect((await store.insert(write('a', '2', 'a\n', 'l'))).id).not.toBe(
      first.id,
    );
  });

  it('goes beside what others push, and gives way where they overlap', async () => {
    const one = executor();
    await repo.commit({ files: { other: '1\n' } });
    const beside = await store.insert(write('a', 'a2\n', 'a\n'));
    one.wake('shop');
    expect(await outcome(one, beside)).toMatchObject({
      state: 'Following',
      attempts: [{ result: 'stale' }, { result: 'pushed' }],
    });
    await repo.commit({ files: { b: 'theirs\n' } });
    const over = await store.insert(write('b', 'mine\n', 'b\n'));
    one.wake('shop');
    expect(await outcome(one, over)).toMatchObject({
      state: 'Failed',
      reason: { code: 'conflict', params: { path: 'b' } },
    });
    expect([await show('b'), await show('other')]).toEqual(['theirs', '1']);
  });

  it('tells the words of a hook, to the one that it refuses', async () => {
    const hook = join(repo.server.root, 'shop.git', 'hooks', 'update');
    await writeFile(
      hook,
      '#!/bin/sh\nif git cat-file -e "$3:bad"; then echo No bad files; exit 1; fi\n',
    );
    await chmod(hook, 0o755);
    const bad = await store.insert(write('bad', '1\n'));
    const good = await store.insert(write('a', 'a2\n', 'a\n'));
    const one = executor();
    one.wake('shop');
    expect(await outcome(one, bad)).toMatchObject({
      state: 'Failed',
      reason: {
        code: 'pushRefused',
        params: { words: expect.stringContaining('No bad files') },
      },
    });
    expect((await outcome(one, good)).state).toBe('Following');
    expect(await log('%s')).toMatch(/Set a$/);
  });

  it('finds a push whose answer was lost', async () => {
    let lost = 0;
    repo.server.intercept = (request, response) => {
      if (request.url!.endsWith('/git-receive-pack') && lost === 0) {
        lost += 1;
        // It arrives, and someone pushes on before anyone looks.
        response.end = () => {
          response.destroy();
          return response;
        };
        response.write = () => true;
      }
      return false;
    };
    const change = await store.insert(write('a', 'a2\n', 'a\n'));
    const one = executor();
    one.wake('shop');
    expect((await outcome(one, change)).state).toBe('Following');
    expect(
      (await log('%s')).split('\n').filter(s => s === 'Set a'),
    ).toHaveLength(1);
    expect(lost).toBe(1);
  });

  it('is in the branch exactly once, wherever the process is killed', async () => {
    let killedAt: string | undefined;
    const steps: string[] = [];
    let step = 0;
    do {
      step += 1;
      const text = `a${step}\n`;
      const before = `${await show('a')}\n`;
      const change = await store.insert(write('a', text, before));
      const kill = killer(step);
      const dying = kill.wrap(git);
      const first = ChangeExecutor.create({
        store: kill.wrap(store),
        open: async () => dying,
        committer: { name: 'Slipway', email: 'slipway@example.org' },
        logger,
      });
      first.wake('shop');
      await Promise.race([kill.happened, first.ended(change, 20_000)]);
      killedAt = kill.at();
      if (killedAt) steps.push(killedAt);

      // A new process has a cache of its own and the same database.
      const directory = await mkdtemp(join(tmpdir(), 'git-again-'));
      const fresh = await repo.open({ directory });
      await fresh.refresh();
      const second = executor({ git: fresh });
      await second.start();
      const after = await outcome(second, change);
      await second.stop();
      expect([killedAt, after.state]).toEqual([killedAt, 'Following']);
      const ids = (await log('%H')).split('\n');
      const mine = (
        await log('%(trailers:key=Slipway-Change,valueonly,separator=%x2C)')
      )
        .split('\n')
        .filter(id => id === String(change.id));
      expect([killedAt, mine.length]).toEqual([killedAt, 1]);
      expect(ids).toContain(after.commit);
      expect(`${await show('a')}\n`).toBe(text);
      await git.refresh();
      await fresh.close();
      await rm(directory, { recursive: true });
    } while (killedAt);
    expect(steps.slice(0, 8)).toEqual([
      'before pending',
      'after pending',
      'before recordAttempts',
      'after recordAttempts',
      'before push',
      'after push',
      'before markPushed',
      'after markPushed',
    ]);
  });

  it('lands once when two replicas take up the same changes', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'git-other-'));
    const other = await repo.open({ directory });
    await other.refresh();
    const changes = [];
    for (let index = 0; index < 20; index += 1) {
      changes.push(await store.insert(write(`n${index}`, '1\n')));
    }
    const both = [executor(), executor({ git: other })];
    await Promise.all(both.map(one => one.start()));
    for (const change of changes) {
      expect((await outcome(both[0], change)).state).toBe('Following');
    }
    await Promise.all(both.map(one => one.stop()));
    const subjects = (await log('%s')).split('\n').slice(1);
    expect(subjects.sort()).toEqual(
      changes.map((_, index) => `Set n${index}`).sort(),
    );
    await other.close();
    await rm(directory, { recursive: true });
  });
});

const STEPS = /^(pending|recordAttempts|markPushed|push)$/;

/** Stops the world at one step: nothing that was begun goes on, and nothing begins. */
function killer(step: number) {
  let count = 0;
  let at: string | undefined;
  let tell = () => {};
  const happened = new Promise<void>(resolve => {
    tell = resolve;
  });
  const never = new Promise<never>(() => {});
  const reach = async (name: string) => {
    if (at === undefined) {
      count += 1;
      if (count === step) {
        at = name;
        tell();
      }
    }
    if (at !== undefined) await never;
  };
  return {
    happened,
    at: () => at,
    wrap<T extends object>(target: T): T {
      return new Proxy(target, {
        get(object, key) {
          const value: unknown = Reflect.get(object, key, object);
          if (typeof value !== 'function') return value;
          const call = value.bind(object);
          const name = String(key);
          if (!STEPS.test(name)) return call;
          return async (...parameters: unknown[]) => {
            await reach(`before ${name}`);
            const result = await call(...parameters);
            await reach(`after ${name}`);
            return result;
          };
        },
      });
    },
  };
}
