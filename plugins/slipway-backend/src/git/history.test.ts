import fc from 'fast-check';
import { CommitSpec } from './testUtils/fastImport';
import { TestRepo } from './testUtils/testRepo';
import type { ConfigRepoGit } from './configRepoGit';

const PATHS = ['a', 'b', 'a/x', 'a/y', 'b/x', 'c'];

// A random history: each commit changes some files on one of three branches,
// perhaps merging another in, with clocks that jump.
const step = fc.record({
  branch: fc.integer({ min: 0, max: 2 }),
  merge: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined, freq: 3 }),
  files: fc.dictionary(
    fc.constantFrom('a/x', 'a/y', 'b/x', 'c'),
    fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined, freq: 4 }),
    { minKeys: 0, maxKeys: 2 },
  ),
  later: fc.integer({ min: 0, max: 100 }),
});

interface Step {
  branch: number;
  merge: number | undefined;
  files: Record<string, string | undefined>;
  later: number;
}

function commitsOf(steps: readonly Step[]): CommitSpec[] {
  const refs = ['refs/heads/main', 'refs/heads/one', 'refs/heads/two'];
  const born = new Set<string>();
  let time = 1_700_000_000;
  const commits: CommitSpec[] = [];
  for (const { branch, merge, files, later } of steps) {
    const ref = refs[branch];
    const other = merge === undefined ? undefined : refs[merge];
    time += later;
    const merges = other && other !== ref && born.has(other) ? [other] : [];
    commits.push({ ref, files, time, merge: born.has(ref) ? merges : [] });
    born.add(ref);
  }
  const rest = refs.slice(1).filter(ref => born.has(ref));
  commits.push({
    ref: refs[0],
    time: time + 1,
    merge: rest,
    files: { c: '9' },
  });
  return commits;
}

interface Commit {
  parents: string[];
  /** What is at the path, as git prints it. */
  state: string;
}

/** The whole history as git tells it, the youngest commit first. */
async function readGraph(
  repo: TestRepo,
  path: string,
): Promise<Map<string, Commit>> {
  const lines = (await repo.git('rev-list', '--parents', 'main')).split('\n');
  const graph = new Map<string, Commit>();
  for (const line of lines) {
    const [oid, ...parents] = line.split(' ');
    const state = await repo.git('ls-tree', oid, '--', path);
    graph.set(oid, { parents, state });
  }
  return graph;
}

/**
 * The rules said once more, plainly. git's own count is no oracle for merges:
 * which sides it takes for old depends on how far it got when it looks.
 */
function expected(
  graph: Map<string, Commit>,
  head: string,
  applied: string,
  old: Set<string>,
): number {
  const counted = new Set<string>();
  const visit = (oid: string, seen: Set<string>) => {
    if (old.has(oid) || seen.has(oid)) {
      return;
    }
    seen.add(oid);
    const { parents, state } = graph.get(oid)!;
    const isSame = (parent: string) => graph.get(parent)!.state === state;
    const news = parents.filter(p => !old.has(p) || p === applied);
    const kept = news.find(isSame);
    if (kept) {
      visit(kept, seen);
      return;
    }
    const changed =
      parents.length === 0 ? state !== '' : !parents.every(isSame);
    if (news.length > 0 || changed) {
      counted.add(oid);
    }
    parents.forEach(parent => visit(parent, seen));
  };
  visit(head, new Set());
  const differs = graph.get(head)!.state !== graph.get(applied)!.state;
  return Math.max(counted.size, differs ? 1 : 0);
}

async function list(repo: TestRepo, ...args: string[]): Promise<string[]> {
  return (await repo.git(...args)).split('\n').filter(line => line !== '');
}

/** A path's history, read two commits at a time. */
async function pages(config: ConfigRepoGit, path: string): Promise<string[]> {
  const commits: string[] = [];
  for (;;) {
    const page = await config.pathHistory({
      path,
      after: commits.at(-1),
      limit: 2,
    });
    commits.push(...page.commits.map(({ commit }) => commit));
    if (!page.more) {
      return commits;
    }
  }
}

// Each run makes a repository and asks the git command line a dozen times.
jest.setTimeout(300_000);

describe('questions about history', () => {
  it('are answered as git and its graph answer them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 25 }),
        async steps => {
          const repo = await TestRepo.create(commitsOf(steps));
          try {
            const config = await repo.open();
            const head = (await config.refresh()).snapshot.commit;
            const changes = await config.lastChanges(PATHS);
            for (const path of PATHS) {
              expect([path, changes.get(path)?.commit ?? '']).toEqual([
                path,
                await repo.git('log', '-1', '--format=%H', 'main', '--', path),
              ]);
            }
            for (const path of ['', ...PATHS]) {
              expect([path, await pages(config, path)]).toEqual([
                path,
                await list(
                  repo,
                  'log',
                  '--format=%H',
                  'main',
                  '--',
                  path || '.',
                ),
              ]);
            }
            const graph = await readGraph(repo, 'a');
            const all = [...graph.keys()];
            const [from, to] = [all[all.length >> 1], all[all.length >> 2]];
            const between = await config.commitsBetween(from, to, 100);
            expect(between.map(({ commit }) => commit)).toEqual(
              await list(
                repo,
                ...['rev-list', '--date-order', '--reverse', `${from}..${to}`],
              ),
            );
            expect(await config.commitsBetween(from, to, 1)).toEqual(
              between.slice(0, 1),
            );
            for (const applied of new Set([
              all.at(-1)!,
              all[all.length >> 1],
            ])) {
              const old = new Set(
                (await repo.git('rev-list', applied)).split('\n'),
              );
              expect([
                applied,
                await config.commitsTouching({ path: 'a', applied, head }),
              ]).toEqual([
                applied,
                {
                  type: 'behind',
                  commits: expected(graph, head, applied, old),
                },
              ]);
            }
          } finally {
            await repo.dispose();
          }
        },
      ),
      { numRuns: 8, endOnFailure: true },
    );
  });

  it('counts a merge that returns to an older state', async () => {
    const two = 'refs/heads/two';
    const repo = await TestRepo.create([
      { files: { 'a/x': '1' }, time: 1_700_000_000 },
      { ref: two, files: { 'a/y': '2' }, time: 1_700_000_010 },
      { ref: two, files: { b: '1' }, merge: ['refs/heads/main'] },
    ]);
    try {
      const applied = await repo.git('rev-parse', 'two');
      await repo.commit({
        files: { c: '9' },
        merge: [two],
        time: 1_700_001_000,
      });
      const config = await repo.open();
      const head = (await config.refresh()).snapshot.commit;
      expect(await repo.git('diff', '--name-only', applied, head)).toContain(
        'a/y',
      );
      const count = await repo.git(
        ...['rev-list', '--count', `${applied}..main`, '--', 'a'],
      );
      expect(
        await config.commitsTouching({ path: 'a', applied, head }),
      ).toEqual({ type: 'behind', commits: Number(count) });
      expect(count).toBe('1');
    } finally {
      await repo.dispose();
    }
  });

  it('reach as far back as it takes, and no further', async () => {
    const commits = Array.from({ length: 300 }, (_, i) => ({
      message: `Number ${i}`,
      files: { [i % 7 === 0 ? 'a/x' : 'b']: `${i}\n` },
    }));
    const repo = await TestRepo.create(commits);
    try {
      await repo.git('config', 'uploadpack.allowFilter', 'true');
      const gone = await repo.git('rev-parse', 'main');
      await repo.git('branch', 'aside', 'main~3');
      await repo.git('update-ref', 'refs/heads/main', 'main~1');
      const config = await repo.open();
      const { snapshot } = await config.refresh();
      const fetched = () =>
        repo.server.requests.filter(line => line.includes('command=fetch'))
          .length;
      const page = await config.pathHistory({ path: 'a/x', limit: 3 });
      expect(page.commits.map(({ subject }) => subject)).toEqual([
        'Number 294',
        'Number 287',
        'Number 280',
      ]);
      expect(page.more).toBe(true);
      expect(fetched()).toBe(2);
      const middle = page.commits[2].commit;
      expect(await config.inHistory(middle)).toBe(true);
      expect(await config.inHistory('d'.repeat(40))).toBe(false);
      const old = await repo.git('rev-parse', 'main~250');
      expect(await config.inHistory(old)).toBe(true);
      expect(await config.inHistory(snapshot.commit)).toBe(true);
      expect(await config.inHistory(gone)).toBe(false);
      const then = await config.snapshotAt(old);
      expect(then.rootTree).toBe(await repo.git('rev-parse', `${old}^{tree}`));
      expect(String(await config.readBlob(then.entry('b')!.oid))).toMatch(
        /^\d/,
      );
      expect(await config.snapshotAt(old)).toBe(then);
      await expect(config.snapshotAt('d'.repeat(40))).rejects.toThrow(
        'not in the remote',
      );
      expect(await config.pathHistory({ path: 'none', limit: 3 })).toEqual({
        commits: [],
        more: false,
      });
    } finally {
      await repo.dispose();
    }
  });
});
