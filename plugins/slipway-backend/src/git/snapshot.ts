import { diffEntries } from './treeDiff';
import { isTree, TreeEntry } from './treeParser';

/** A file, link or submodule and where it is. */
export interface SnapshotFile {
  path: string;
  entry: TreeEntry;
}

/**
 * One commit's whole tree in memory. Immutable; directories that did not
 * change are shared with the snapshots before and after.
 */
export interface Snapshot {
  readonly commit: string;
  readonly rootTree: string;
  /** Files, links and submodules in it. */
  readonly fileCount: number;
  /** The entries of a directory; `''` is the root, no slash at either end. */
  tree(path: string): readonly TreeEntry[] | undefined;
  entry(path: string): TreeEntry | undefined;
  /** Every file, link and submodule below a directory. */
  files(path: string): Iterable<SnapshotFile>;
  /**
   * Paths of the files, links and submodules that differ from `before` (all of
   * them without one), found by looking only at directories that differ.
   */
  changedPaths(before: Snapshot | undefined): Iterable<string>;
}

/** A directory with everything below it. */
export interface TreeNode {
  readonly oid: string;
  readonly entries: readonly TreeEntry[];
  readonly fileCount: number;
  /** The directories in it by name. */
  readonly children: ReadonlyMap<string, TreeNode>;
}

// Past this many entries a map is built for looking up names.
const SMALL = 24;

export class TreeSnapshot implements Snapshot {
  readonly commit: string;
  readonly root: TreeNode;
  /** Any directory by its id; throws when it is not here. */
  readonly nodeById: (oid: string) => TreeNode;
  readonly #byName = new WeakMap<TreeNode, Map<string, TreeEntry>>();

  constructor(
    commit: string,
    root: TreeNode,
    nodeById: (oid: string) => TreeNode,
  ) {
    this.commit = commit;
    this.root = root;
    this.nodeById = nodeById;
  }

  get rootTree(): string {
    return this.root.oid;
  }

  get fileCount(): number {
    return this.root.fileCount;
  }

  tree(path: string): readonly TreeEntry[] | undefined {
    return this.#node(path)?.entries;
  }

  entry(path: string): TreeEntry | undefined {
    const slash = path.lastIndexOf('/');
    const parent = this.#node(slash < 0 ? '' : path.slice(0, slash));
    return parent && this.#find(parent, path.slice(slash + 1));
  }

  *files(path: string): Iterable<SnapshotFile> {
    const node = this.#node(path);
    if (node) {
      yield* filesBelow(node, path === '' ? '' : `${path}/`);
    }
  }

  *changedPaths(before: Snapshot | undefined): Iterable<string> {
    const old = before instanceof TreeSnapshot ? before.root : undefined;
    yield* changedBelow(old, this.root, '');
  }

  #node(path: string): TreeNode | undefined {
    let node: TreeNode | undefined = this.root;
    if (path === '') {
      return node;
    }
    for (const name of path.split('/')) {
      node = node?.children.get(name);
    }
    return node;
  }

  #find(node: TreeNode, name: string): TreeEntry | undefined {
    if (node.entries.length <= SMALL) {
      return node.entries.find(entry => entry.name === name);
    }
    let byName = this.#byName.get(node);
    if (!byName) {
      byName = new Map(node.entries.map(entry => [entry.name, entry]));
      this.#byName.set(node, byName);
    }
    return byName.get(name);
  }
}

function* filesBelow(node: TreeNode, prefix: string): Iterable<SnapshotFile> {
  for (const entry of node.entries) {
    const child = isTree(entry) ? node.children.get(entry.name) : undefined;
    if (child) {
      yield* filesBelow(child, `${prefix}${entry.name}/`);
    } else if (!isTree(entry)) {
      yield { path: `${prefix}${entry.name}`, entry };
    }
  }
}

function* changedBelow(
  before: TreeNode | undefined,
  after: TreeNode | undefined,
  prefix: string,
): Iterable<string> {
  if (before?.oid === after?.oid) {
    return;
  }
  for (const change of diffEntries(before?.entries, after?.entries)) {
    const path = `${prefix}${change.name}`;
    const wasTree = change.before && isTree(change.before);
    const nowTree = change.after && isTree(change.after);
    if (wasTree || nowTree) {
      yield* changedBelow(
        wasTree ? before?.children.get(change.name) : undefined,
        nowTree ? after?.children.get(change.name) : undefined,
        `${path}/`,
      );
    }
    if ((change.before && !wasTree) || (change.after && !nowTree)) {
      yield path;
    }
  }
}
