import fc from 'fast-check';
import type { CommitSpec } from './testUtils/fastImport';
import { TestRepo } from './testUtils/testRepo';

// Where in a file of unique lines a commit takes some out and puts some in.
const edit = fc.record({
  branch: fc.integer({ min: 0, max: 1 }),
  at: fc.nat(30),
  remove: fc.nat(3),
  insert: fc.nat(3),
  other: fc.boolean(),
});

describe('blame', () => {
  let repo: TestRepo;
  afterEach(() => repo.dispose());

  async function gitBlame(path: string): Promise<string[]> {
    const text = await repo.git('blame', '--porcelain', 'main', '--', path);
    return text.match(/^[0-9a-f]{40} (?=\d+ \d+)/gm)!.map(id => id.trim());
  }

  it('says of each line what git says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(edit, { minLength: 1, maxLength: 20 }),
        async edits => {
          let number = 0;
          const fresh = (count: number) =>
            Array.from({ length: count }, () => `key-${number++}: x`);
          const first = fresh(20);
          const text = (lines: string[]) => lines.map(l => `${l}\n`).join('');
          const files = (lines: string[]) => ({ 'dir/f.yaml': text(lines) });
          const refs = ['refs/heads/main', 'refs/heads/two'];
          const commits: CommitSpec[] = [{ files: files(first) }];
          repo = await TestRepo.create(commits);
          await repo.git('branch', 'two', 'main');
          const states = [first, first];
          const more = edits.map(({ branch, at, remove, insert, other }) => {
            const lines = [...states[branch]];
            // The second half of the file belongs to the second branch.
            const place = branch === 0 ? at % 8 : 12 + (at % 5);
            lines.splice(place, remove, ...fresh(insert));
            states[branch] = lines;
            return {
              ref: refs[branch],
              files: other ? { other: `${number++}\n` } : files(lines),
            };
          });
          await repo.commit(...more);
          const tree = 'refs/heads/two';
          await repo.commit({
            merge: [tree],
            files: files([
              // Lines stay unique: git may choose among equal ones otherwise.
              ...new Set([...states[0].slice(0, 9), ...states[1].slice(9)]),
            ]),
          });
          const config = await repo.open();
          await config.refresh();
          const lines = await config.blame({ path: 'dir/f.yaml' });
          expect(lines.map(({ commit }) => commit)).toEqual(
            await gitBlame('dir/f.yaml'),
          );
          expect(lines.map(({ line }) => line)).toEqual(
            lines.map((_, i) => i + 1),
          );
          await repo.dispose();
        },
      ),
      { numRuns: 12, endOnFailure: true },
    );
  }, 60_000);

  it('brings all old contents at once, and refuses what has no lines', async () => {
    const commits = Array.from({ length: 120 }, (_, i) => ({
      files: {
        f: Array.from({ length: i + 1 }, (_one, n) => `${n}\n`).join(''),
      },
    }));
    repo = await TestRepo.create([
      ...commits,
      {
        files: {
          empty: '',
          'no-end': 'a\r\nb',
          binary: 'a\0b',
          large: 'x\n'.repeat(600_000),
          link: { mode: '120000', content: 'f' },
        },
      },
    ]);
    await repo.git('config', 'uploadpack.allowFilter', 'true');
    const config = await repo.open();
    await config.refresh();
    const before = repo.server.requests.length;
    const lines = await config.blame({ path: 'f' });
    expect(lines.map(({ commit }) => commit)).toEqual(await gitBlame('f'));
    // Two deepenings of history and one fetch of contents.
    expect(repo.server.requests.length - before).toBe(3);
    const old = await repo.git('rev-parse', 'main~100');
    expect(await config.blame({ path: 'f', commit: old })).toEqual(
      lines.slice(0, 21),
    );
    expect(await config.blame({ path: 'empty' })).toEqual([]);
    expect(await config.blame({ path: 'no-end' })).toHaveLength(2);
    await expect(config.blame({ path: 'binary' })).rejects.toThrow('no text');
    await expect(config.blame({ path: 'large' })).rejects.toThrow('1 MiB');
    for (const path of ['link', 'none', '']) {
      await expect(config.blame({ path })).rejects.toThrow('There is no file');
    }
  });
});
