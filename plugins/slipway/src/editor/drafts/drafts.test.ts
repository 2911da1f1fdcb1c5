import { DraftStore, MAX_KEPT_CHARACTERS } from './DraftStore';
import {
  deleteFile,
  draftMark,
  fileOperation,
  operationAt,
  renameFile,
  writeFile,
} from './draftEdits';
import type { Draft, DraftOperation } from './types';

const oid = 'b'.repeat(40);
const commit = 'c'.repeat(40);
const at = '2026-11-21T16:00:00.000Z';

function open(options: { user?: string; storage?: Storage } = {}) {
  const { user = 'user:default/engineer', storage = window.localStorage } =
    options;
  const store = DraftStore.create({
    userEntityRef: user,
    configRepo: 'shop',
    storage: () => storage,
  });
  const heard = jest.fn();
  const stop = store.subscribe(heard);
  const draft = (): Draft => ({
    configRepo: 'shop',
    ready: true,
    ...store.snapshot,
    put: operation => store.replace([], [operation]),
    remove: path => store.replace([path], []),
    replace: (removed, operations) => store.replace(removed, operations),
    removeCommitted: operations => store.removeCommitted(operations),
    clear: () => store.clear(),
  });
  return { store, heard, stop, draft };
}

function write(path: string, text: string): DraftOperation {
  return { type: 'write', path, text, base: oid, at };
}

beforeEach(() => window.localStorage.clear());

describe('a draft', () => {
  it('survives a reload, is its person’s own, and goes for good', () => {
    const first = open();
    first.store.replace([], [write('b.yaml', 'b'), write('a b.yaml', 'é\r\n')]);
    first.stop();

    const again = open();
    expect(again.store.snapshot).toEqual({
      kept: true,
      commits: 0,
      operations: [write('a b.yaml', 'é\r\n'), write('b.yaml', 'b')],
    });
    expect(open({ user: 'user:default/e' }).draft().operations).toEqual([]);
    expect(open({ user: 'user:default/else' }).draft().operations).toEqual([]);

    again.store.clear();
    expect(open().draft().operations).toEqual([]);
    expect(window.localStorage).toHaveLength(0);
  });

  it('follows what another tab does, file by file', () => {
    const { store, heard } = open();
    const other = open();
    other.store.replace([], [write('a.yaml', 'a')]);
    const key = window.localStorage.key(0)!;
    const tell = (newValue: string | null, changed: string | null = key) =>
      window.dispatchEvent(
        new StorageEvent('storage', { key: changed, newValue }),
      );
    heard.mockClear();
    tell(window.localStorage.getItem(key));
    expect(heard).toHaveBeenCalledTimes(1);
    store.replace([], [write('b.yaml', 'b')]);
    expect(store.snapshot.operations.map(({ path }) => path)).toEqual([
      'a.yaml',
      'b.yaml',
    ]);
    tell(null);
    expect(store.snapshot.operations.map(({ path }) => path)).toEqual([
      'b.yaml',
    ]);
    tell('x', 'something.else');
    window.localStorage.clear();
    tell(null, null);
    expect(store.snapshot.operations).toEqual([]);
  });

  it('stays in memory, and says so, when the browser takes no more', () => {
    const { store, stop } = open();
    store.replace([], [write('a.yaml', 'a'), write('big.yaml', 'b')]);
    store.replace([], [write('big.yaml', 'x'.repeat(MAX_KEPT_CHARACTERS))]);
    expect(store.snapshot.kept).toBe(false);
    stop();
    store.subscribe(() => {});
    expect(operationAt(store.snapshot, 'big.yaml')?.text).toHaveLength(
      MAX_KEPT_CHARACTERS,
    );
    // After a reload there is what was kept last.
    expect(operationAt(open().draft(), 'big.yaml')?.text).toBe('b');
    store.replace([], [write('big.yaml', 'small')]);
    expect(store.snapshot.kept).toBe(true);

    const full = new Proxy(window.localStorage, {
      get: (target, name) =>
        name === 'setItem'
          ? () => {
              throw new DOMException('full', 'QuotaExceededError');
            }
          : Reflect.get(target, name, target),
    });
    const second = open({ storage: full });
    second.store.replace([], [write('c.yaml', 'c')]);
    expect(second.store.snapshot.kept).toBe(false);
    expect(operationAt(second.draft(), 'c.yaml')?.text).toBe('c');
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['null', 'null'],
    ['another path', JSON.stringify(write('other', ''))],
    ['an unknown type', JSON.stringify({ ...write('x', ''), type: 'chmod' })],
    ['a write of nothing', JSON.stringify({ type: 'write', path: 'x', at })],
    ['a base that is none', JSON.stringify({ ...write('x', ''), base: '..' })],
    [
      'a rename from nowhere',
      JSON.stringify({ type: 'rename', path: 'x', at }),
    ],
    ['no time', JSON.stringify({ ...write('x', ''), at: 'soon' })],
  ])('ignores %s in the storage', (_, value) => {
    const first = open();
    first.store.replace([], [write('x', '')]);
    window.localStorage.setItem(window.localStorage.key(0)!, value);
    expect(open().draft().operations).toEqual([]);
  });
});

describe('edits', () => {
  it('that were committed go, and what was typed since stays', () => {
    const { store, draft } = open();
    store.replace([], [write('a.yaml', 'a'), write('b.yaml', 'b')]);
    const committed = draft().operations;
    const later = { ...write('b.yaml', 'more'), at: '2026-11-21T16:01:00Z' };
    store.replace([], [later]);
    draft().removeCommitted(committed);
    expect(draft().commits).toBe(1);
    expect(draft().operations).toEqual([later]);
  });

  const file = { path: 'a.yaml', oid, commit, text: 'one\n' };

  it('of a file begin at its blob, and end when it is as it was', () => {
    const { draft } = open();
    writeFile(draft(), 'a.yaml', { text: 'two\n' }, file);
    // Someone else changed the file meanwhile: the draft still began where it began.
    const moved = { ...file, oid: 'd'.repeat(40), text: 'other\n' };
    writeFile(draft(), 'a.yaml', { text: 'three\n' }, moved);
    expect(draft().operations.map(fileOperation)).toEqual([
      { type: 'write', path: 'a.yaml', text: 'three\n', base: oid },
    ]);
    expect(draft().operations[0]).toMatchObject({ commit });
    expect(draftMark(draft().operations[0])).toBe('modified');
    writeFile(draft(), 'a.yaml', { text: 'one\n' }, file);
    expect(draft().operations).toEqual([]);
  });

  it('move with the file that they are in', () => {
    const { draft } = open();
    writeFile(draft(), 'new.yaml', { text: 'new' });
    renameFile(draft(), 'new.yaml', 'newer.yaml');
    expect(draft().operations.map(fileOperation)).toEqual([
      { type: 'write', path: 'newer.yaml', text: 'new' },
    ]);
    deleteFile(draft(), 'newer.yaml');
    expect(draft().operations).toEqual([]);

    renameFile(draft(), 'a.yaml', 'b.yaml', file);
    writeFile(draft(), 'b.yaml', { text: 'two\n' }, file);
    renameFile(draft(), 'b.yaml', 'c.yaml');
    expect(draft().operations.map(fileOperation)).toEqual([
      {
        type: 'rename',
        path: 'c.yaml',
        from: 'a.yaml',
        text: 'two\n',
        base: oid,
      },
    ]);
    expect(draftMark(draft().operations[0])).toBe('renamed');
    writeFile(draft(), 'c.yaml', { text: 'one\n' }, file);
    expect(draft().operations[0]).not.toHaveProperty('text');
    renameFile(draft(), 'c.yaml', 'a.yaml');
    expect(draft().operations).toEqual([]);

    renameFile(draft(), 'a.yaml', 'b.yaml', file);
    deleteFile(draft(), 'b.yaml');
    expect(draft().operations.map(fileOperation)).toEqual([
      { type: 'delete', path: 'a.yaml', base: oid },
    ]);
    writeFile(draft(), 'a.yaml', { base64: 'AAE=' }, file);
    expect(draft().operations.map(fileOperation)).toEqual([
      { type: 'write', path: 'a.yaml', base64: 'AAE=', base: oid },
    ]);
  });
});
