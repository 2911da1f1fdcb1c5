import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  FileConflict,
  PlannedFile,
  Reason,
} from '@slipway/backstage-plugin-slipway-common';
import {
  blobObject,
  type FileMode,
  type NewObject,
  type Snapshot,
  type TreeEdit,
  type TreeEntry,
} from '../../git';
import type { SecretSources } from '../../configRepos/shared/readSecretSources';
import { checkPath } from './checkPath';
import { describeConflict } from './describeConflict';
import { findClash } from './findClash';
import type { ContentOperation, PlannedEdits, PlannedSides } from './types';

/** Bytes; a file of this size is refused. */
export const MAX_FILE_BYTES = 10_000_000;

/** Texts of all conflicts of one plan; further ones are settled by taking one side. */
const MAX_CONFLICT_CHARACTERS = 16_000_000;

type Written = { oid: string; mode: FileMode };

interface Outcome {
  status: PlannedFile['status'];
  reason?: Reason;
  conflict?: FileConflict;
  put?: Written;
  remove?: string;
  blob?: NewObject;
}

/** What the operations of one change do to each path. */
class OperationIndex {
  readonly #written = new Map<string, number>();
  readonly #taken = new Map<string, ContentOperation[]>();
  readonly #deleted = new Set<string>();

  constructor(operations: readonly ContentOperation[]) {
    for (const operation of operations) {
      const { type, path, from } = operation;
      this.#written.set(path, (this.#written.get(path) ?? 0) + 1);
      if (type === 'delete') this.#deleted.add(path);
      if (from === undefined) continue;
      this.#taken.set(from, [...(this.#taken.get(from) ?? []), operation]);
    }
  }

  /** Whether what is at a path goes elsewhere. */
  vacates(path: string): boolean {
    return this.#taken.get(path)?.some(other => other.path !== path) ?? false;
  }

  /** Each path is taken from once and written to once; what a rename leaves may be written anew. */
  checkOnce({ type, path, from }: ContentOperation): Reason | undefined {
    const twice =
      this.#written.get(path) !== 1 ||
      (from !== undefined && this.#taken.get(from)?.length !== 1);
    const deleted =
      type === 'delete'
        ? this.#taken.has(path)
        : from !== undefined && this.#deleted.has(from);
    return twice || deleted
      ? { code: 'pathTwice', params: { path } }
      : undefined;
  }
}

/**
 * Finds what operations come to on a tree. Bytes go in as they are given: no line ending or byte order mark is touched.
 *
 * A file whose base is no longer what the tree holds is in conflict, with a three-way merge to settle it, unless the tree holds
 * the wanted content already. All operations see the tree as it was, so files can trade places.
 *
 * @param options - `readBlob`: content of a blob of the config repo, asked only for what is in conflict; `secretSource`: what is
 *   masked as a whole in conflicts
 */
export async function planEdits(options: {
  snapshot: Snapshot;
  operations: readonly ContentOperation[];
  readBlob: (oid: string) => Promise<Buffer>;
  secretSource?: SecretSources;
}): Promise<PlannedEdits> {
  const { snapshot, operations, readBlob, secretSource } = options;
  const others = new OperationIndex(operations);
  const outcomes = operations.map(operation =>
    outcomeOf(snapshot, operation, others),
  );
  const edits = new Map<string, TreeEdit>();
  for (const [index, { put, remove }] of outcomes.entries()) {
    const { path } = operations[index];
    if (remove !== undefined && !edits.has(remove)) {
      edits.set(remove, { path: remove, to: undefined });
    }
    if (put) edits.set(path, { path, to: put });
  }
  for (const [index, outcome] of outcomes.entries()) {
    const reason =
      outcome.put && findClash(snapshot, operations[index].path, edits);
    if (reason) outcomes[index] = { status: 'refused', reason };
  }
  const conflicts: FileConflict[] = [];
  let characters = 0;
  for (const [index, { status }] of outcomes.entries()) {
    if (status !== 'conflict') continue;
    const operation = operations[index];
    const theirs = snapshot.entry(operation.from ?? operation.path)?.oid;
    if (characters > MAX_CONFLICT_CHARACTERS) {
      const { path } = operation;
      conflicts.push({ path, theirsBase: theirs, clean: false });
      continue;
    }
    // Others' requests are not to wait for all the merges.
    await nextTurn();
    const conflict = await describeConflict({
      operation,
      theirs,
      readBlob,
      secretSource,
    });
    characters += JSON.stringify(conflict).length;
    conflicts.push(conflict);
  }
  const whole = outcomes.every(
    ({ status }) => status !== 'refused' && status !== 'conflict',
  );
  return {
    files: outcomes.map(({ status, reason }, index) => ({
      path: operations[index].path,
      oldPath: operations[index].from,
      status,
      reason,
    })),
    sides: outcomes.map((outcome, index) =>
      sidesOf(snapshot, operations[index], outcome),
    ),
    conflicts,
    edits: whole
      ? [...edits.values()].filter(edit => changes(snapshot, edit))
      : [],
    objects: whole ? outcomes.flatMap(({ blob }) => blob ?? []) : [],
  };
}

function sidesOf(
  snapshot: Snapshot,
  { path, from = path, content, origin }: ContentOperation,
  { status, put, remove }: Outcome,
): PlannedSides {
  if (!put && remove === undefined) return {};
  const entry = status === 'created' ? undefined : snapshot.entry(from);
  return {
    before: entry && { path: from, entry },
    after: put && { path, entry: put, content },
    origin,
  };
}

function outcomeOf(
  snapshot: Snapshot,
  operation: ContentOperation,
  all: OperationIndex,
): Outcome {
  const { type, path, from, base, content, object } = operation;
  const source = from ?? path;
  const present = snapshot.entry(path);
  const reason =
    checkPath(source, { present: true }) ??
    checkPath(path, { present: present !== undefined }) ??
    all.checkOnce(operation);
  if (reason) return { status: 'refused', reason };
  if (content && content.length >= MAX_FILE_BYTES) {
    return refused('fileTooLarge', path, {
      megabytes: String(MAX_FILE_BYTES / 1_000_000),
    });
  }
  const vacated = all.vacates(path);
  const entry =
    from === undefined && vacated ? undefined : snapshot.entry(source);
  if (entry && !isFile(entry)) {
    return refused(
      entry.mode === '40000' ? 'pathClash' : 'pathThroughLink',
      source,
    );
  }
  if (type === 'delete') {
    if (!entry) return { status: 'unchanged' };
    return base !== undefined && base !== entry.oid
      ? { status: 'conflict' }
      : { status: 'deleted', remove: path };
  }
  const blob = content && blobObject(content);
  if (type === 'rename') {
    if (!entry) return refused('fileNotFound', source);
    if (base !== undefined && base !== entry.oid) return { status: 'conflict' };
    if (present && path !== source && !vacated)
      return refused('pathTaken', path);
    const put = { oid: blob?.oid ?? entry.oid, mode: modeOf(operation, entry) };
    const moved = { put, blob, remove: path === source ? undefined : source };
    return { status: path === source ? 'modified' : 'renamed', ...moved };
  }
  const put =
    object ?? (blob && { oid: blob.oid, mode: modeOf(operation, entry) });
  if (!put) throw new TypeError(`No content to write at '${path}'`);
  if (entry?.oid === put.oid && entry.mode === put.mode) {
    return { status: 'unchanged' };
  }
  if (entry?.oid !== base && entry?.oid !== put.oid) {
    return { status: 'conflict' };
  }
  return { status: entry ? 'modified' : 'created', put, blob };
}

function modeOf(
  { executable }: ContentOperation,
  entry: TreeEntry | undefined,
): FileMode {
  const now = executable ?? entry?.mode === '100755';
  return now ? '100755' : '100644';
}

function isFile({ mode }: TreeEntry): boolean {
  return mode === '100644' || mode === '100755';
}

function changes(snapshot: Snapshot, { path, to }: TreeEdit): boolean {
  const entry = snapshot.entry(path);
  return entry?.oid !== to?.oid || entry?.mode !== to?.mode;
}

function refused(
  code: string,
  path: string,
  params: Record<string, string> = {},
): Outcome {
  return { status: 'refused', reason: { code, params: { path, ...params } } };
}
