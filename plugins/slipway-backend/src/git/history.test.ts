import fc from 'fast-check';
import { CommitSpec } from './testUtils/fastImport';
import { TestRepo } from './testUtils/testRepo';

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

// Each run makes a repository and asks the git command line a dozen times.
jest.setTimeout(60_000);

describe('questions about history', () => {
  it('are answered as git answers them', async () => {
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
            const all = (await repo.git('rev-list', 'main')).split('\n');
            for (const applied of [all.at(-1)!, all[all.length >> 1]]) {
              const path = 'a';
              const count = await repo.git(
                ...['rev-list', '--count', `${applied}..main`, '--', path],
              );
              expect(
                await config.commitsTouching({ path, applied, head }),
              ).toEqual({ type: 'behind', commits: Number(count) });
            }
          } finally {
            await repo.dispose();
          }
        },
      ),
      { numRuns: 8 },
    );
  });
});
