import { CommitQueue } from './commitQueue';
import type { CommitNode, History, NeedsDepth } from './history';
import { Pause } from './pause';
import { diffEntries } from './treeDiff';
import { isTree, TreeEntry } from './treeParser';

/** Paths by directory, so that only what differs is looked at. */
interface PathNode {
  path?: string;
  children: Map<string, PathNode>;
}

export interface LastChanges {
  type: 'found';
  /** The commit that last changed a path; without those that never existed. */
  commits: Map<string, string>;
}

/**
 * The last commit in head's history that changed each of many paths, in one
 * walk: `git log -1 -- path` for all of them at once.
 */
export async function lastChanges(
  history: History,
  head: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<LastChanges | NeedsDepth> {
  const pause = new Pause(signal, { background: true });
  const root = pathTree(paths);
  const commits = new Map<string, string>();
  const queue = new CommitQueue();
  // The paths that are still looked for, by the commit where to look next.
  const lookingFor = new Map<string, Set<string>>();
  const send = (commit: CommitNode, wanted: Set<string>) => {
    if (wanted.size === 0) {
      return;
    }
    const there = lookingFor.get(commit.oid);
    if (there) {
      wanted.forEach(path => there.add(path));
    } else {
      lookingFor.set(commit.oid, wanted);
    }
    queue.push(commit);
  };
  send(history.commit(head), new Set(paths));
  let merged = false;

  for (let commit = queue.pop(); commit; commit = queue.pop()) {
    if (pause.isDue()) {
      await pause.take();
    }
    const wanted = lookingFor.get(commit.oid)!;
    lookingFor.delete(commit.oid);
    // A merge can send one path down two ways; the younger answer stands.
    if (merged) {
      wanted.forEach(path => commits.has(path) && wanted.delete(path));
    }
    if (wanted.size === 0) {
      continue;
    }
    if (history.isShallow(commit)) {
      return { type: 'needsDepth' };
    }
    const parents = history.parents(commit);
    merged ||= parents.length > 1;
    let left = wanted;
    for (const parent of parents) {
      const changed = changedPaths(history, root, parent.tree, commit.tree);
      const still = new Set<string>();
      for (const path of changed) {
        if (left.delete(path)) {
          still.add(path);
        }
      }
      send(parent, left);
      left = still;
    }
    if (parents.length === 0) {
      left = changedPaths(history, root, undefined, commit.tree);
      left.forEach(path => wanted.has(path) || left.delete(path));
    }
    for (const path of left) {
      commits.set(path, commit.oid);
    }
  }
  return { type: 'found', commits };
}

function pathTree(paths: readonly string[]): PathNode {
  const root: PathNode = { children: new Map() };
  for (const path of paths) {
    let node = root;
    for (const name of path === '' ? [] : path.split('/')) {
      let child = node.children.get(name);
      if (!child) {
        child = { children: new Map() };
        node.children.set(name, child);
      }
      node = child;
    }
    node.path = path;
  }
  return root;
}

function changedPaths(
  history: History,
  root: PathNode,
  before: string | undefined,
  after: string | undefined,
): Set<string> {
  const changed = new Set<string>();
  const visit = (
    node: PathNode,
    was: string | undefined,
    now: string | undefined,
  ) => {
    if (was === now || node.children.size === 0) {
      return;
    }
    const old = was === undefined ? undefined : history.tree(was);
    const young = now === undefined ? undefined : history.tree(now);
    for (const change of diffEntries(old, young)) {
      const child = node.children.get(change.name);
      if (child) {
        if (child.path !== undefined) {
          changed.add(child.path);
        }
        visit(child, directoryId(change.before), directoryId(change.after));
      }
    }
  };
  if (root.path !== undefined && before !== after) {
    changed.add(root.path);
  }
  visit(root, before, after);
  return changed;
}

function directoryId(entry: TreeEntry | undefined): string | undefined {
  return entry && isTree(entry) ? entry.oid : undefined;
}
