import type { TreeEntry } from './treeParser';

/** One name that two trees do not share with the same mode and object. */
export interface EntryChange {
  readonly name: string;
  readonly before: TreeEntry | undefined;
  readonly after: TreeEntry | undefined;
}

const NONE: readonly TreeEntry[] = [];

/**
 * What differs between two trees, one level deep.
 *
 * Most commits touch one entry among hundreds, so what is equal at both ends
 * is cut off before anything is looked up.
 */
export function diffEntries(
  before: readonly TreeEntry[] = NONE,
  after: readonly TreeEntry[] = NONE,
): EntryChange[] {
  let start = 0;
  let beforeEnd = before.length;
  let afterEnd = after.length;
  while (
    start < beforeEnd &&
    start < afterEnd &&
    isSame(before[start], after[start])
  ) {
    start += 1;
  }
  while (
    beforeEnd > start &&
    afterEnd > start &&
    isSame(before[beforeEnd - 1], after[afterEnd - 1])
  ) {
    beforeEnd -= 1;
    afterEnd -= 1;
  }
  const old = new Map<string, TreeEntry>();
  for (let i = start; i < beforeEnd; i++) {
    old.set(before[i].name, before[i]);
  }
  const changes: EntryChange[] = [];
  for (let i = start; i < afterEnd; i++) {
    const entry = after[i];
    const was = old.get(entry.name);
    old.delete(entry.name);
    if (!was || !isSame(was, entry)) {
      changes.push({ name: entry.name, before: was, after: entry });
    }
  }
  for (const entry of old.values()) {
    changes.push({ name: entry.name, before: entry, after: undefined });
  }
  return changes;
}

function isSame(a: TreeEntry, b: TreeEntry): boolean {
  return a.oid === b.oid && a.mode === b.mode && a.name === b.name;
}
