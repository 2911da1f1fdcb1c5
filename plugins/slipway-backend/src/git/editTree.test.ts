import fc from 'fast-check';
import { ConfigRepoGit, editTree, FileMode, Snapshot, TreeEdit } from '.';
import { parseTree, encodeTree } from './treeParser';
import { checkTreePath } from './treePath';
import { git } from './testUtils/gitServer';
import { TestRepo } from './testUtils/testRepo';

const NAMES = ['a', 'a.b', 'a-b', 'a0', '环', '\u{1f680}', '\uffee', 'sp ace'];
const BLOBS = ['1', '2', '3'].map(digit => digit.repeat(40));
const MODES: FileMode[] = ['100644', '100755', '120000', '160000'];

const path = fc
  .array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 })
  .map(names => names.join('/'));
const file = fc.record({
  oid: fc.constantFrom(...BLOBS),
  mode: fc.constantFrom(...MODES),
});
const writes = fc.dictionary(path, file, { maxKeys: 8 });

type Files = Record<string, { oid: string; mode: string }>;

/** Only what does not lie below another file of the same change. */
function consistent(files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).filter(
      ([one]) => !Object.keys(files).some(other => one.startsWith(`${other}/`)),
    ),
  );
}

/** What is there after the edits: removals first, then what is written. */
function expected(base: Files, removed: string[], written: Files): Files {
  const kept = Object.entries(base).filter(
    ([there]) =>
      !removed.some(gone => there === gone || there.startsWith(`${gone}/`)) &&
      !Object.keys(written).some(
        put => put.startsWith(`${there}/`) || there.startsWith(`${put}/`),
      ),
  );
  return { ...Object.fromEntries(kept), ...written };
}

describe('editTree', () => {
  let repo: TestRepo;
  let config: ConfigRepoGit;
  let base: Snapshot;

  beforeEach(async () => {
    repo = await TestRepo.create([
      { files: { 'a/b/c': '1\n', 'a.b': '2\n', a0: '3\n', 'x/y': '4\n' } },
    ]);
    config = await repo.open();
    base = (await config.refresh()).snapshot;
  });
  afterEach(() => repo.dispose());

  /** The id that git gives to a tree of these files. */
  async function gitTree(files: Files): Promise<string> {
    const index = `${repo.directory}/index-${Math.random()}`;
    const lines = Object.entries(files).map(
      ([name, { mode, oid }]) => `${mode} ${oid}\t${name}\0`,
    );
    const made = `GIT_INDEX_FILE=${index} git update-index -z --index-info && GIT_INDEX_FILE=${index} git write-tree --missing-ok`;
    return git(
      repo.directory,
      ['-c', `alias.made=!${made}`, 'made'],
      lines.join(''),
    );
  }

  const writesOf = (files: Files): TreeEdit[] =>
    Object.entries(files).map(([name, { oid, mode }]) => ({
      path: name,
      to: { oid, mode: mode as FileMode },
    }));

  it('makes the trees that git makes, whatever the edits and their order', async () => {
    const clear: TreeEdit[] = ['a', 'a.b', 'a0', 'x'].map(name => ({
      path: name,
      to: undefined,
    }));
    const empty = editTree(base, clear).tree;
    expect(empty.rootTree).toBe('4b825dc642cb6eb9a060e54bf8d69288fbee4904');
    await fc.assert(
      fc.asyncProperty(
        writes,
        writes,
        fc.array(path, { maxLength: 3 }),
        fc.infiniteStream(fc.nat()),
        async (before, change, gone, random) => {
          const old = consistent(before);
          const start = editTree(empty, writesOf(old)).tree;
          expect(start.rootTree).toBe(await gitTree(old));
          const written = consistent(change);
          const removed = [...new Set(gone)].filter(one => !(one in written));
          const edits = [
            ...removed.map(one => ({ path: one, to: undefined })),
            ...writesOf(written),
          ]
            .map(edit => ({ edit, at: random.next().value }))
            .sort((a, b) => a.at - b.at)
            .map(({ edit }) => edit);
          const after = editTree(start, edits);
          const files = expected(old, removed, written);
          expect(after.tree.rootTree).toBe(await gitTree(files));
          expect(after.tree.fileCount).toBe(Object.keys(files).length);
          expect([...after.tree.files('')].map(f => f.path).sort()).toEqual(
            Object.keys(files).sort(),
          );
          // The new root is among what is to be pushed.
          const here = new Set(after.objects.map(({ oid }) => oid));
          const same = after.tree.rootTree === start.rootTree;
          expect(same || here.has(after.tree.rootTree)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);

  it('puts whole directories, shares what stays, and makes nothing for nothing', async () => {
    const b = base.entry('a/b')!;
    const { tree, objects } = editTree(base, [
      { path: 'copy/of', to: { oid: b.oid, mode: '40000' } },
      { path: 'copy/of/d', to: { oid: BLOBS[0], mode: '100644' } },
      { path: 'copy/of/c', to: undefined },
      { path: 'again', to: { oid: b.oid, mode: '40000' } },
    ]);
    expect([...tree.files('')].map(f => f.path)).toEqual([
      'a.b',
      'a/b/c',
      'a0',
      'again/c',
      'copy/of/d',
      'x/y',
    ]);
    expect(objects).toHaveLength(3);
    expect(tree.tree('x')).toBe(base.tree('x'));
    expect(tree.tree('again')).toBe(base.tree('a/b'));
    const same = editTree(base, [
      { path: 'a/b/c', to: base.entry('a/b/c') as TreeEdit['to'] },
      { path: 'a.b/none', to: undefined },
      { path: 'none/at/all', to: undefined },
    ]);
    expect(same).toEqual({ tree: expect.anything(), objects: [] });
    expect(same.tree.rootTree).toBe(base.rootTree);

    // A directory of an older commit, whose files nobody has read.
    const older = base.commit;
    await repo.commit({ files: { 'a/b/c': undefined, 'a/z': '9\n' } });
    const next = (await config.refresh()).snapshot;
    const oid = (await config.objectAt(older, 'a'))!;
    const back = editTree(next, [{ path: 'a', to: { oid, mode: '40000' } }]);
    expect(back.tree.rootTree).toBe(base.rootTree);
  });

  it('keeps names that are no text as they are, and refuses what Git refuses', () => {
    const raw = Buffer.concat(
      ['fa\xdf', 'a\xff/b', 'back\\x41\xff', 'plain\\x41'].map(name =>
        Buffer.concat([
          Buffer.from(`100644 ${name}\0`, 'latin1'),
          Buffer.alloc(20, 7),
        ]),
      ),
    );
    expect(encodeTree(parseTree(raw))).toEqual(raw);

    const to = { oid: BLOBS[0], mode: '100644' } as const;
    expect(() =>
      editTree(base, [
        { path: 'n', to },
        { path: 'n', to: undefined },
      ]),
    ).toThrow("'n' is edited twice");
    expect(() =>
      editTree(base, [
        { path: 'n', to },
        { path: 'n/m', to },
      ]),
    ).toThrow("'n' is to be a file and a directory");
    expect(() =>
      editTree(base, [{ path: 'n', to: { ...to, oid: 'x' } }]),
    ).toThrow('not the id');
    for (const bad of [
      '',
      '/a',
      'a/',
      'a//b',
      '../a',
      'a/./b',
      'a/.git/hooks',
      '.GIT',
      '.g\u200cit/x',
      '.git. ',
      'git~1',
      '.git::$INDEX_ALLOCATION',
      'a\0b',
      '\ud800',
    ]) {
      expect(() => checkTreePath(bad)).toThrow('not a path');
    }
    for (const good of ['.gitignore', '...', 'git', 'a.git', '.github/x']) {
      expect(() => checkTreePath(good)).not.toThrow();
    }
  });
});
