import { CommitSpec } from './testUtils/fastImport';
import { git } from './testUtils/gitServer';
import { TestRepo } from './testUtils/testRepo';
import type { ConfigRepoGitOptions } from './configRepoGitOptions';

const FIRST: CommitSpec = {
  message: 'Begin',
  files: {
    'README.md': 'hello\n',
    'dev/api/deployment.yaml': 'image: api:1\n',
    'dev/api/service.yaml': 'port: 80\n',
    'dev/web/deployment.yaml': 'image: web:1\n',
    'live/api/deployment.yaml': 'image: api:1\n',
    'live/api/run': { mode: '100755', content: '#!/bin/sh\n' },
    'live/api/link': { mode: '120000', content: '../../README.md' },
    'live/base': { mode: '160000', content: 'c'.repeat(40) },
    '环境/模块/文件': 'inhalt\n',
  },
};

describe.each([
  ['version 2', false, false],
  ['version 2 with filters', false, true],
  ['version 0', true, false],
])('a config repo over protocol %s', (_, oldProtocol, filter) => {
  let repo: TestRepo;

  async function setUp(...commits: CommitSpec[]) {
    repo = await TestRepo.create(commits);
    repo.server.oldProtocol = oldProtocol;
    await repo.git('config', 'uploadpack.allowFilter', String(filter));
  }

  const open = (options?: Partial<ConfigRepoGitOptions>) => repo.open(options);

  afterEach(() => repo.dispose());

  it('shows the head, follows it, and is warm after a restart', async () => {
    await setUp(FIRST);
    const config = await open();
    expect(config.snapshot).toBeUndefined();
    const first = await config.refresh();
    expect(first.changed).toBe(true);
    expect(first.snapshot).toMatchObject({
      commit: await repo.git('rev-parse', 'main'),
      rootTree: await repo.git('rev-parse', 'main^{tree}'),
      fileCount: 9,
    });

    const listed = [...first.snapshot.files('')].map(
      ({ path, entry }) =>
        `${entry.mode} ${entry.mode === '160000' ? 'commit' : 'blob'} ${
          entry.oid
        }\t${path}`,
    );
    expect(listed.join('\n')).toBe(
      await repo.git('-c', 'core.quotePath=false', 'ls-tree', '-r', 'main'),
    );
    expect([...first.snapshot.files('dev/api')].map(f => f.path)).toEqual([
      'dev/api/deployment.yaml',
      'dev/api/service.yaml',
    ]);
    expect(first.snapshot.tree('dev')?.map(entry => entry.name)).toEqual([
      'api',
      'web',
    ]);
    expect(first.snapshot.tree('dev/none')).toBeUndefined();
    expect(first.snapshot.tree('README.md')).toBeUndefined();
    expect(first.snapshot.entry('README.md/x')).toBeUndefined();
    const service = first.snapshot.entry('dev/api/service.yaml')!;
    expect(await config.readBlob(service.oid)).toEqual(
      Buffer.from('port: 80\n'),
    );
    expect(first.snapshot.entry('live/api/link')?.mode).toBe('120000');

    // A look that finds nothing new is one request and brings no pack.
    const { length } = repo.server.requests;
    expect(await config.refresh()).toEqual({
      changed: false,
      snapshot: first.snapshot,
    });
    expect(repo.server.requests).toHaveLength(length + 1);

    const head = await repo.commit({
      files: {
        'dev/api/service.yaml': 'port: 81\n',
        'dev/web/deployment.yaml': undefined,
        'dev/web': 'now a file\n',
        'new/file': 'x\n',
      },
    });
    const second = await config.refresh();
    expect(second.snapshot.commit).toBe(head);
    expect([...second.snapshot.changedPaths(first.snapshot)].sort()).toEqual([
      'dev/api/service.yaml',
      'dev/web',
      'dev/web/deployment.yaml',
      'new/file',
    ]);
    expect([...second.snapshot.changedPaths(undefined)]).toHaveLength(
      second.snapshot.fileCount,
    );
    // What did not change is the same thing in memory, and the old one stands.
    expect(second.snapshot.tree('live')).toBe(first.snapshot.tree('live'));
    expect(first.snapshot.entry('dev/api/service.yaml')).toEqual(service);
    await config.close();

    const { length: before } = repo.server.requests;
    const again = await open();
    expect(again.snapshot?.commit).toBe(head);
    expect(again.snapshot?.fileCount).toBe(10);
    expect(await again.readBlob(service.oid)).toEqual(
      Buffer.from('port: 80\n'),
    );
    expect(repo.server.requests).toHaveLength(before);
    // The cache is a repository that git finds no fault with.
    expect(await git(repo.directory, ['fsck', '--strict'])).toBe('');
    expect(await git(repo.directory, ['log', '-1', '--format=%H'])).toBe(head);
  });

  it('tells who changed what, and how far behind a revision is', async () => {
    const change = (number: number): CommitSpec => ({
      message: `Set ${number}\n\nBecause.\n`,
      files: {
        [number % 10 === 0
          ? 'live/api/deployment.yaml'
          : 'README.md']: `image: ${number}\n`,
      },
    });
    const numbers = Array.from({ length: 120 }, (_unused, i) => i + 1);
    await setUp(FIRST, ...numbers.map(change));
    const config = await open();
    const { snapshot } = await config.refresh();
    const head = snapshot.commit;
    expect(await config.commitInfo(head)).toEqual({
      commit: head,
      tree: snapshot.rootTree,
      parents: [await repo.git('rev-parse', 'main~1')],
      authorName: 'Ann Author',
      authorEmail: 'ann@example.org',
      at: expect.stringMatching(/^2023-11-1.T.*Z$/),
      committerAt: expect.stringMatching(/^2023-11-1.T.*Z$/),
      subject: 'Set 120',
      message: 'Set 120\n\nBecause.\n',
    });

    const applied = await repo.git('rev-parse', 'main~25');
    const path = 'live/api';
    expect(await config.objectAt(applied, path)).toBe(
      await repo.git('rev-parse', `${applied}:${path}`),
    );
    expect(await config.objectAt(applied, 'live/none')).toBeUndefined();
    expect(await config.commitsTouching({ path, applied, head })).toEqual({
      type: 'behind',
      commits: 3,
    });
    expect(await config.commitsTouching({ path, applied: head, head })).toEqual(
      { type: 'behind', commits: 0 },
    );

    const changes = await config.lastChanges(
      ['README.md', path, 'dev/web', 'dev', 'nowhere', ''],
      {},
    );
    expect(
      [...changes].map(([where, info]) => [where, info.subject]).sort(),
    ).toEqual([
      ['', 'Set 120'],
      ['README.md', 'Set 119'],
      ['dev', 'Begin'],
      ['dev/web', 'Begin'],
      ['live/api', 'Set 120'],
    ]);
    expect((await config.lastChange('live'))?.subject).toBe('Set 120');

    const old = await repo.git('rev-parse', 'main~50:README.md');
    expect((await config.readBlob(old)).toString()).toMatch(/^image: /);
    await config.close();
    await git(repo.directory, ['fsck', '--connectivity-only']);
    expect(await git(repo.directory, ['rev-list', '--count', 'HEAD'])).toBe(
      '121',
    );
  });

  it('follows a rewritten branch and calls what it left diverged', async () => {
    const numbers = Array.from({ length: 30 }, (_unused, i) => i);
    await setUp(
      FIRST,
      ...numbers.map(i => ({ files: { 'dev/api/n': `${i}\n` } })),
    );
    const config = await open();
    const applied = (await config.refresh()).snapshot.commit;

    await repo.git('update-ref', 'refs/heads/main', 'main~3');
    await repo.commit({ message: 'Other', files: { 'dev/api/n': 'other\n' } });
    // The old head is gone for good, as if the forge had cleaned up.
    await repo.git('reflog', 'expire', '--expire=all', '--all');
    await repo.git('gc', '--quiet', '--prune=now');
    const sent = repo.server.bytesSent;
    const { changed, snapshot } = await config.refresh();
    expect(changed).toBe(true);
    expect((await config.commitInfo(snapshot.commit)).subject).toBe('Other');
    expect(repo.server.bytesSent - sent).toBeLessThan(20_000);
    expect([...snapshot.files('dev/api')].map(file => file.path)).toEqual([
      'dev/api/deployment.yaml',
      'dev/api/n',
      'dev/api/service.yaml',
    ]);
    const head = snapshot.commit;
    const path = 'dev/api';
    expect(await config.commitsTouching({ path, applied, head })).toEqual({
      type: 'diverged',
    });
    // Known here, though nowhere else any more.
    expect(await config.objectAt(applied, 'dev')).toHaveLength(40);
    const absent = 'd'.repeat(40);
    await expect(config.objectAt(absent, 'dev')).rejects.toMatchObject({
      name: 'CommitNotFound',
    });
    expect(
      await config.commitsTouching({ path, applied: absent, head }),
    ).toEqual({ type: 'diverged' });

    // And back to a commit that was there before.
    await repo.git('update-ref', 'refs/heads/main', 'main~1');
    expect((await config.refresh()).snapshot.commit).toBe(
      await repo.git('rev-parse', 'main'),
    );
    // A history that shares nothing with the old one.
    await repo.commit({ orphan: true, files: { only: 'this\n' } });
    expect((await config.refresh()).snapshot.fileCount).toBe(1);
    expect((await config.lastChange('only'))?.parents).toEqual([]);
  });
});
