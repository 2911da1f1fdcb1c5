import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import { findRenames, type FilePair } from '../../files/compareTrees';
import { textContent } from '../../files/textContent';
import type { Snapshot, TreeEntry } from '../../git';
import { maskPair } from '../../manifests/masking';
import { mergeTexts } from '../plan/mergeTexts';
import type { ContentOperation } from '../plan/types';
import type { BlobReader } from './BlobReader';
import { isExecutable, isLink, isSame, linkFinding } from './entries';

// Longer texts are settled by hand.
const MAX_MERGED_BYTES = 1024 ** 2;

/** The files that a commit changed; `after` is what it left. Renames are one pair where the head still has them so. */
export function filesToUndo(options: {
  head: Snapshot;
  parent: Snapshot | undefined;
  commit: Snapshot;
  renamed?: ReadonlyArray<{ from: string; to: string }>;
}): FilePair[] {
  const { head, parent, commit, renamed = [] } = options;
  const side = (path: string, entry: TreeEntry | undefined) =>
    entry && entry.mode !== '40000' ? { path, entry } : undefined;
  const pairs = new Map<string, FilePair>();
  for (const path of commit.changedPaths(parent)) {
    pairs.set(path, {
      before: side(path, parent?.entry(path)),
      after: side(path, commit.entry(path)),
    });
  }
  for (const { from, to } of renamed) {
    const gone = pairs.get(from);
    const come = pairs.get(to);
    if (!gone?.before || gone.after || !come?.after || come.before) continue;
    pairs.delete(from);
    pairs.set(to, { before: gone.before, after: come.after });
  }
  return findRenames([...pairs.values()]).flatMap(pair => {
    const { before, after } = pair;
    if (!before || !after || before.path === after.path) return [pair];
    const moves =
      head.entry(before.path) === undefined &&
      head.entry(after.path)?.mode.startsWith('100');
    return moves ? [pair] : [{ before }, { after }];
  });
}

/**
 * Takes back what a commit did to files. Later edits of the same files stay: texts are merged by lines, over their real values, and
 * what overlaps is left to the plan as a conflict.
 */
export async function undoFiles(
  pairs: readonly FilePair[],
  head: Snapshot,
  blobs: BlobReader,
): Promise<{ operations: ContentOperation[]; findings: Finding[] }> {
  blobs.checkCount(pairs.length);
  const operations: ContentOperation[] = [];
  const findings: Finding[] = [];
  for (const pair of pairs) {
    const undone = await undoFile(pair, head, blobs);
    if (undone.operation) operations.push(undone.operation);
    if (undone.finding) findings.push(undone.finding);
  }
  return { operations, findings };
}

interface Undone {
  operation?: ContentOperation;
  finding?: Finding;
}

async function undoFile(
  pair: FilePair,
  head: Snapshot,
  blobs: BlobReader,
): Promise<Undone> {
  const before = pair.before?.entry;
  const left = pair.after?.entry;
  const path = (pair.before ?? pair.after)!.path;
  const source = (pair.after ?? pair.before)!.path;
  const moved = source !== path;
  const now = head.entry(source);
  if (!moved && isSame(now, before)) return {};
  if (isLink(before) || isLink(left) || isLink(now)) {
    return { finding: linkFinding(path) };
  }
  if (!before) {
    // A directory in its place: the file itself is gone.
    if (!now || now.mode === '40000') return {};
    return { operation: { type: 'delete', path, base: left?.oid } };
  }
  const place = moved
    ? { type: 'rename' as const, path, from: source }
    : { type: 'write' as const, path };
  if (!left || !now || now.mode === '40000') {
    const content = await blobs.read(before.oid, path);
    const executable = isExecutable(before);
    if (!content) return {};
    return { operation: { ...place, content, base: left?.oid, executable } };
  }
  const executable = isExecutable(now.mode === left.mode ? before : now);
  const taken = await takeBack({ path, before, left, now }, blobs);
  if (!taken) return {};
  const { content, base, finding } = taken;
  const operation = { ...place, content, base, executable };
  const same = taken.same && isExecutable(now) === executable;
  return same && !moved ? {} : { operation, finding };
}

/** The content of a file without what the change did to it. */
async function takeBack(
  file: { path: string; before: TreeEntry; left: TreeEntry; now: TreeEntry },
  blobs: BlobReader,
): Promise<
  | { content: Buffer; base: string; same: boolean; finding?: Finding }
  | undefined
> {
  const { path, before, left, now } = file;
  const stays = before.oid === left.oid || before.oid === now.oid;
  const mine = await blobs.read(stays ? now.oid : before.oid, path);
  if (!mine) return undefined;
  const unedited = left.oid === now.oid;
  const finding =
    unedited || before.oid === now.oid
      ? undefined
      : about(path, 'info', 'rollbackMerged');
  if (stays) return { content: mine, base: now.oid, same: true, finding };
  if (unedited) return { content: mine, base: now.oid, same: false };
  const base = await blobs.read(left.oid, path);
  const theirs = await blobs.read(now.oid, path);
  if (!base || !theirs) return undefined;
  const merged = mergeBytes({ base, mine, theirs });
  if (merged) {
    return {
      content: merged,
      base: now.oid,
      same: merged.equals(theirs),
      finding,
    };
  }
  return {
    content: mine,
    base: left.oid,
    same: false,
    finding: changesSecrets(path, base, mine)
      ? about(path, 'warning', 'rollbackSecretStays')
      : undefined,
  };
}

/** Both edits of a text; undefined where they overlap, or for what is no text. */
function mergeBytes(sides: {
  base: Buffer;
  mine: Buffer;
  theirs: Buffer;
}): Buffer | undefined {
  const [base, mine, theirs] = [sides.base, sides.mine, sides.theirs].map(
    data => (data.length > MAX_MERGED_BYTES ? undefined : textContent(data)),
  );
  if (base === undefined || mine === undefined || theirs === undefined) {
    return undefined;
  }
  const merge = mergeTexts({ base, mine, theirs });
  return merge?.clean ? Buffer.from(merge.merged) : undefined;
}

/** Whether a value that is masked is another one: whoever settles the file can neither see nor choose it. */
function changesSecrets(path: string, before: Buffer, after: Buffer): boolean {
  const [old, present] = [before, after].map(textContent);
  if (old === undefined || present === undefined) return false;
  const pair = maskPair({ path, before: old, after: present });
  const tokens = (text = '') => new Set(text.match(/⟪masked:\d+\*?⟫/g));
  const known = tokens(pair.before);
  return [...tokens(pair.after)].some(token => !known.has(token));
}

function about(
  path: string,
  severity: Finding['severity'],
  code: string,
): Finding {
  return { severity, code, params: { path }, file: path };
}
