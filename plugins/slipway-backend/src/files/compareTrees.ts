import type { Snapshot, TreeEntry } from '../git';
import { compareText } from './FileIndex';

/** A file on one side of a comparison. */
export interface SideFile {
  path: string;
  entry: TreeEntry;
}

/** A file that differs; absent on the side where it is not. */
export interface FilePair {
  before?: SideFile;
  after?: SideFile;
}

/** What is at a path of a snapshot; `''` is the root. */
export interface TreeSide {
  snapshot: Snapshot;
  path: string;
}

/**
 * The files that differ between what is at two paths, by path, looking only into directories that differ. A file against a
 * directory is a file that went and files that came.
 */
export function compareTrees(
  before: TreeSide | undefined,
  after: TreeSide | undefined,
): FilePair[] {
  const pairs = [...compareAt(before, after)];
  return pairs.sort((a, b) => compareText(pathOf(a), pathOf(b)));
}

/** A pair that went and one that came with the same content are one that was renamed. */
export function findRenames(pairs: readonly FilePair[]): FilePair[] {
  const gone = new Map<string, FilePair[]>();
  for (const pair of pairs) {
    if (!pair.before || pair.after) continue;
    const { oid } = pair.before.entry;
    gone.set(oid, [...(gone.get(oid) ?? []), pair]);
  }
  const renamed = new Set<FilePair>();
  const joined = pairs.map(pair => {
    if (pair.before || !pair.after) return pair;
    const from = gone.get(pair.after.entry.oid)?.shift();
    if (!from) return pair;
    renamed.add(from);
    return { before: from.before, after: pair.after };
  });
  return joined.filter(pair => !renamed.has(pair));
}

export function pathOf(pair: FilePair): string {
  return pair.after?.path ?? pair.before?.path ?? '';
}

function* compareAt(
  before: TreeSide | undefined,
  after: TreeSide | undefined,
): Iterable<FilePair> {
  if (before?.path === '' || after?.path === '') {
    yield* compareDirectories(before, after);
    return;
  }
  const old = before?.snapshot.entry(before.path);
  const present = after?.snapshot.entry(after.path);
  yield* compareEntries(
    before && old && { side: before, entry: old },
    after && present && { side: after, entry: present },
  );
}

interface Found {
  side: TreeSide;
  entry: TreeEntry;
}

function* compareEntries(
  before: Found | undefined,
  after: Found | undefined,
): Iterable<FilePair> {
  const old = before?.entry;
  const present = after?.entry;
  if (old?.oid === present?.oid && old?.mode === present?.mode) return;
  const wasTree = old?.mode === '40000';
  const isTree = present?.mode === '40000';
  if (wasTree || isTree) {
    yield* compareDirectories(
      wasTree ? before?.side : undefined,
      isTree ? after?.side : undefined,
    );
  }
  const oldFile = wasTree ? undefined : toFile(before);
  const newFile = isTree ? undefined : toFile(after);
  if (oldFile || newFile) yield { before: oldFile, after: newFile };
}

function* compareDirectories(
  before: TreeSide | undefined,
  after: TreeSide | undefined,
): Iterable<FilePair> {
  const old = children(before);
  const present = children(after);
  for (const name of new Set([...old.keys(), ...present.keys()])) {
    yield* compareEntries(old.get(name), present.get(name));
  }
}

function children(side: TreeSide | undefined): Map<string, Found> {
  const entries = side?.snapshot.tree(side.path) ?? [];
  return new Map(
    entries
      .filter(entry => !entry.invalidName)
      .map(entry => [
        entry.name,
        {
          entry,
          side: {
            snapshot: side!.snapshot,
            path: side!.path ? `${side!.path}/${entry.name}` : entry.name,
          },
        },
      ]),
  );
}

function toFile(found: Found | undefined): SideFile | undefined {
  return found && { path: found.side.path, entry: found.entry };
}
