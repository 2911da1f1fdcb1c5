import type { FileEntry } from '@slipway/backstage-plugin-slipway-common';
import { draftMark } from './draftEdits';
import type { Draft, DraftMark } from './types';

/** Names a file of any config repo. */
export function fileKey(configRepo: string, path: string): string {
  return `${configRepo}:${path}`;
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The directories that a path is below, nearest first. */
function directoriesOf(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) =>
    names.slice(0, names.length - index).join('/'),
  );
}

/** A file in the nearest directory at or above a path: whose module a new file there belongs to. */
function neighbourOf(
  items: readonly FileEntry[],
  path: string,
): FileEntry | undefined {
  for (const directory of directoriesOf(path)) {
    const inside = items.filter(item => item.path.startsWith(`${directory}/`));
    const modules = new Set(
      inside.map(({ environment, module }) => `${environment}/${module}`),
    );
    if (modules.size === 1) {
      return inside[0];
    }
    if (modules.size > 1) {
      // Several modules are below: it is nobody's but that of a file right here.
      return inside.find(item => directoryOf(item.path) === directory);
    }
  }
  return undefined;
}

/** Files as they are once drafts are committed, and what the drafts do to them by {@link fileKey}. Files to delete are still there. */
export function draftFiles(
  items: readonly FileEntry[],
  drafts: readonly Draft[],
): { items: FileEntry[]; marks: ReadonlyMap<string, DraftMark> } {
  const marks = new Map<string, DraftMark>();
  const gone = new Set<string>();
  const added: FileEntry[] = [];
  const known = new Set(
    items.map(({ configRepo, path }) => fileKey(configRepo, path)),
  );
  for (const { configRepo, operations } of drafts) {
    const inRepo =
      operations.length > 0
        ? items.filter(item => item.configRepo === configRepo)
        : [];
    for (const operation of operations) {
      const { path, from } = operation;
      const key = fileKey(configRepo, path);
      marks.set(key, draftMark(operation));
      if (from !== undefined) {
        gone.add(fileKey(configRepo, from));
      }
      const neighbour = known.has(key) ? undefined : neighbourOf(inRepo, path);
      if (neighbour && operation.type !== 'delete') {
        added.push({ ...neighbour, path, mode: '100644', oid: '' });
      }
    }
  }
  // What a rename leaves may be written anew.
  const left = items.filter(item => {
    const key = fileKey(item.configRepo, item.path);
    return !gone.has(key) || marks.has(key);
  });
  return { items: [...left, ...added], marks };
}

/** Paths that a new file may not have. What the draft deletes may be written anew, but nothing can be moved there. */
export function takenPaths(
  items: readonly FileEntry[],
  draft: Draft,
  purpose: 'create' | 'rename',
): ReadonlySet<string> {
  const { configRepo, operations } = draft;
  const paths = new Set(
    items
      .filter(item => item.configRepo === configRepo)
      .map(({ path }) => path),
  );
  for (const { from } of operations) {
    paths.delete(from ?? '');
  }
  for (const { path, type } of operations) {
    if (type === 'delete' && purpose === 'create') {
      paths.delete(path);
    } else {
      paths.add(path);
    }
  }
  return paths;
}
