import fc from 'fast-check';
import { blobObject, editTree, type Snapshot } from '../../git';
import { TestRepo } from '../../git/testUtils/testRepo';
import { gate } from '../gate';
import { MAX_FILE_BYTES, planEdits } from './planEdits';
import type { ContentOperation } from './types';

const oidOf = (text: string) => blobObject(Buffer.from(text)).oid;
const write = (
  path: string,
  text: string,
  base?: string,
): ContentOperation => ({
  type: 'write',
  path,
  content: Buffer.from(text),
  edited: text,
  base: base === undefined ? undefined : oidOf(base),
});
const remove = (path: string): ContentOperation => ({ type: 'delete', path });
const move = (from: string, path: string, text?: string): ContentOperation => ({
  type: 'rename',
  from,
  path,
  content: text === undefined ? undefined : Buffer.from(text),
});

jest.setTimeout(300_000);

describe('planEdits', () => {
  let repo: TestRepo;
  let snapshot: Snapshot;
  let readBlob: (oid: string) => Promise<Buffer>;

  const FILES: Record<string, string> = {
    a: '1\n2\n3\n4\n5\n',
    'd/b': 'b\n',
    'd/c': 'c\n',
    'e/f/g': 'g\n',
  };

  beforeAll(async () => {
    repo = await TestRepo.create([
      {
        files: {
          ...FILES,
          run: { mode: '100755', content: 'x\n' },
          link: { mode: '120000', content: 'd' },
          sub: { mode: '160000', content: 'a'.repeat(40) },
        },
      },
    ]);
    const git = await repo.open();
    snapshot = (await git.refresh()).snapshot;
    readBlob = oid => git.readBlob(oid);
  });
  afterAll(() => repo.dispose());

  const plan = (...operations: ContentOperation[]) =>
    planEdits({ snapshot, operations, readBlob });
  const outcomes = async (...operations: ContentOperation[]) =>
    (await plan(...operations)).files.map(
      ({ status, reason }) => reason?.code ?? status,
    );

  it('names what happens to each file and refuses what cannot be', async () => {
    const long = 'x'.repeat(MAX_FILE_BYTES);
    const cases: Array<[ContentOperation[], string[]]> = [
      [[write('new/x', 'x')], ['created']],
      [[write('a', 'x', FILES.a)], ['modified']],
      [[write('a', FILES.a, FILES.a)], ['unchanged']],
      [[write('a', FILES.a, 'older')], ['unchanged']],
      [[{ ...write('a', FILES.a, FILES.a), executable: true }], ['modified']],
      [
        [remove('a'), remove('gone')],
        ['deleted', 'unchanged'],
      ],
      [[move('a', 'z')], ['renamed']],
      [
        [move('a', 'd/b'), move('d/b', 'a')],
        ['renamed', 'renamed'],
      ],
      [
        [move('a', 'z'), write('a', 'new')],
        ['renamed', 'created'],
      ],
      [[move('a', 'd/b')], ['pathTaken']],
      [[move('gone', 'z')], ['fileNotFound']],
      [[write('a', 'x')], ['conflict']],
      [[write('gone', 'x', 'was')], ['conflict']],
      [[{ ...remove('a'), base: oidOf('older') }], ['conflict']],
      [[{ ...move('a', 'z'), base: oidOf('older') }], ['conflict']],
      [
        [write('x', '1'), write('x', '2')],
        ['pathTwice', 'pathTwice'],
      ],
      [
        [move('a', 'x'), move('a', 'y')],
        ['pathTwice', 'pathTwice'],
      ],
      [
        [remove('a'), move('a', 'y')],
        ['pathTwice', 'pathTwice'],
      ],
      [
        [write('x', '1'), write('x/y', '2')],
        ['created', 'pathClash'],
      ],
      [[write('d', '1')], ['pathClash']],
      [[remove('d')], ['pathClash']],
      [
        [write('e', '1'), remove('e/f/g')],
        ['pathClash', 'deleted'],
      ],
      [[write('a/b', '1')], ['pathClash']],
      [
        [remove('a'), write('a/b', '1')],
        ['deleted', 'created'],
      ],
      [[write('link/x', '1')], ['pathThroughLink']],
      [[write('link', '1', 'd')], ['pathThroughLink']],
      [[move('link', 'x')], ['pathThroughLink']],
      [[write('sub/x', '1')], ['pathThroughLink']],
      [[remove('sub')], ['pathThroughLink']],
      [[write('.GIT/config', '1')], ['pathProtected']],
      [[move('a', '../a')], ['pathEscapes']],
      [
        [write('big', long.slice(1)), write('huge', long)],
        ['created', 'fileTooLarge'],
      ],
    ];
    for (const [operations, expected] of cases) {
      const names = operations.map(({ type, path }) => `${type} ${path}`);
      expect([names, await outcomes(...operations)]).toEqual([names, expected]);
    }
  });

  it('keeps bytes, modes and the whole change together', async () => {
    const bytes = Buffer.from('\ufeffa: 1\r\nb: 2\r\n\0\xff', 'latin1');
    const kept = await plan({ type: 'write', path: 'x', content: bytes });
    expect(kept.objects.map(({ data }) => data)).toEqual([bytes]);
    const { edits } = await plan(write('run', 'y\n', 'x\n'), move('d/b', 'h'));
    expect(edits).toEqual([
      { path: 'run', to: { oid: oidOf('y\n'), mode: '100755' } },
      { path: 'd/b', to: undefined },
      { path: 'h', to: { oid: oidOf('b\n'), mode: '100644' } },
    ]);
    const broken = await plan(write('x', 'x'), write('.git', 'x'));
    expect(broken).toMatchObject({ edits: [], objects: [] });
    expect(
      gate(
        {
          ...broken,
          findings: [],
          places: [{ path: 'x', place: { type: 'other' } }],
        },
        { admin: false, denied: [{ permission: 'p', environment: 'dev' }] },
      ).missing.map(({ code }) => code),
    ).toEqual(['pathProtected', 'permissionMissing', 'configRepoAdminMissing']);
  });

  it('merges three ways what someone else changed', async () => {
    await repo.commit(
      { files: { a: '1\n2\n3\n4\nfive\n', s: secret('b2xk', 'l: 1') } },
      { files: { s: secret('bmV3', 'l: 1') } },
    );
    const git = await repo.open();
    const next = (await git.refresh()).snapshot;
    const settle = (...operations: ContentOperation[]) =>
      planEdits({
        snapshot: next,
        operations,
        readBlob: oid => git.readBlob(oid),
      });

    const clean = await settle(write('a', 'one\n2\n3\n4\n5\n', FILES.a));
    expect(clean.conflicts).toEqual([
      {
        path: 'a',
        base: FILES.a,
        mine: 'one\n2\n3\n4\n5\n',
        theirs: '1\n2\n3\n4\nfive\n',
        theirsBase: oidOf('1\n2\n3\n4\nfive\n'),
        merged: 'one\n2\n3\n4\nfive\n',
        clean: true,
      },
    ]);
    const both = await settle(write('a', '1\n2\n3\n4\n5!', FILES.a));
    expect(both.conflicts[0]).toMatchObject({
      clean: false,
      merged: '1\n2\n3\n4\n<<<<<<< mine\n5!\n=======\nfive\n>>>>>>> theirs\n',
    });

    // A value that someone changed is never shown, and stays theirs.
    const masked = await settle({
      ...write('s', secret('b2xk', 'l: 2'), secret('b2xk', 'l: 1')),
      edited: secret('⟪masked:1⟫', 'l: 2'),
    });
    expect(masked.conflicts[0]).toMatchObject({
      clean: true,
      merged: secret('⟪masked:1⟫', 'l: 2'),
    });
    expect(JSON.stringify(masked.conflicts)).not.toMatch(/b2xk|bmV3/);
  });

  it('comes to what the operations come to on a map', async () => {
    const path = fc.constantFrom(
      'a',
      'd/b',
      'd/c',
      'e/f/g',
      'n',
      'd/n',
      'e',
      'n/x',
    );
    const operation: fc.Arbitrary<ContentOperation> = fc.oneof(
      fc
        .tuple(path, fc.string({ maxLength: 3 }))
        .map(([to, text]) => write(to, text, FILES[to])),
      path.map(remove),
      fc.tuple(path, path).map(([from, to]) => move(from, to)),
    );
    let planned = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(operation, { minLength: 1, maxLength: 5 }),
        async all => {
          const { files, edits } = await plan(...all);
          // Nothing of a change goes when not all of it can.
          const whole = files.every(
            ({ status }) => status !== 'refused' && status !== 'conflict',
          );
          const done = whole ? all : [];
          planned += done.length;
          const expected = new Map(
            Object.entries(FILES).map(([at, text]) => [at, oidOf(text)]),
          );
          for (const { type, path: at, from } of done) {
            if (type !== 'write') expected.delete(from ?? at);
          }
          for (const { type, path: at, from, content } of done) {
            if (type === 'write' && content)
              expected.set(at, blobObject(content).oid);
            if (type === 'rename' && from) expected.set(at, oidOf(FILES[from]));
          }
          const { tree } = editTree(snapshot, edits);
          const after = [...tree.files('')]
            .filter(
              ({ entry, path: at }) => /^100/.test(entry.mode) && at !== 'run',
            )
            .map(({ path: at, entry }) => [at, entry.oid]);
          expect(after.sort()).toEqual([...expected].sort());
        },
      ),
      { numRuns: 1000 },
    );
    expect(planned).toBeGreaterThan(100);
  });
});

function secret(value: string, label: string): string {
  return `apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  ${label}\n  a: 1\n  b: 2\ndata:\n  p: ${value}\n`;
}
