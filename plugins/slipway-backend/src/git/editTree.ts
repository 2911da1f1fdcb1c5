import { InputError } from '@backstage/errors';
import { checkObjectId } from './objectId';
import { NewObject, newObject } from './newObject';
import { checkTreePath } from './treePath';
import { Snapshot, TreeNode, TreeSnapshot } from './snapshot';
import { encodeTree, isTree, sortEntries, TreeEntry } from './treeParser';

export type FileMode = '100644' | '100755' | '120000' | '160000' | '40000';

/**
 * What shall be at a path. `to: undefined` removes what is there; nothing
 * there is no error.
 */
export interface TreeEdit {
  /** No slash at either end. */
  path: string;
  to: { oid: string; mode: FileMode } | undefined;
}

export interface EditedTree {
  /**
   * The tree as it is after the edits: `rootTree` is its id. `commit` is still
   * that of the base, as no commit has this tree yet.
   */
  tree: Snapshot;
  /** The directories that are new, the root last. */
  objects: NewObject[];
}

/** The edits by directory. */
interface EditNode {
  path: string;
  edit?: TreeEdit;
  readonly children: Map<string, EditNode>;
  /** Whether anything below is put somewhere, rather than only removed. */
  writes: boolean;
}

/** Directories that are sent without asking whether the base has them. */
const FEW = 16;

const EMPTY: TreeNode = {
  oid: '',
  entries: [],
  fileCount: 0,
  children: new Map(),
};

class TreeEditor {
  readonly added = new Map<string, TreeNode>();
  readonly #base: TreeSnapshot;

  constructor(base: TreeSnapshot) {
    this.#base = base;
  }

  add(node: TreeNode): void {
    this.added.set(node.oid, node);
  }

  directory(was: TreeNode, edits: EditNode): TreeNode {
    const entries = new Map(was.entries.map(entry => [entry.name, entry]));
    const children = new Map(was.children);
    let changed = false;
    for (const [name, node] of edits.children) {
      const before = entries.get(name);
      const { entry, child } = this.#entry(name, before, children, node);
      if (entry?.oid === before?.oid && entry?.mode === before?.mode) {
        continue;
      }
      changed = true;
      entries.delete(name);
      children.delete(name);
      if (entry) {
        entries.set(name, entry);
      }
      if (child) {
        children.set(name, child);
      }
    }
    if (!changed && was !== EMPTY) {
      return was;
    }
    const sorted = sortEntries(entries.values());
    const { oid } = newObject('tree', encodeTree(sorted));
    const fileCount = sorted.reduce(
      (sum, { name }) => sum + (children.get(name)?.fileCount ?? 1),
      0,
    );
    const node = { oid, entries: sorted, fileCount, children };
    if (sorted.length > 0) {
      this.add(node);
    }
    return node;
  }

  #entry(
    name: string,
    before: TreeEntry | undefined,
    siblings: ReadonlyMap<string, TreeNode>,
    node: EditNode,
  ): { entry?: TreeEntry; child?: TreeNode } {
    let entry = before;
    let child = siblings.get(name);
    if (node.edit) {
      const { to } = node.edit;
      const directory = to?.mode === '40000';
      child = directory ? this.#base.nodeById(to.oid) : undefined;
      entry = to && { name, mode: to.mode, oid: to.oid };
    }
    if (node.children.size === 0) {
      return child?.entries.length === 0 ? {} : { entry, child };
    }
    const isDirectory = entry !== undefined && isTree(entry);
    if (!isDirectory && !node.writes) {
      // Nothing to remove below what is no directory.
      return { entry };
    }
    child = this.directory(child ?? EMPTY, node);
    return child.entries.length === 0
      ? {}
      : { entry: { name, mode: '40000', oid: child.oid }, child };
  }
}

/**
 * Changes paths of a tree; pure. Only directories along the edited paths are
 * made anew, and those that become empty vanish.
 *
 * The order of the edits does not matter: a directory's own edit comes before
 * those of what is in it. A file makes way for a directory that is written
 * below it, and a directory for a file. With mode `40000` a whole directory is
 * put at a path, by the id of a tree of any commit that was looked at.
 *
 * Throws InputError for two edits of one path, for something below a new file,
 * and for paths that Git takes nowhere (`..`, `.git` in any spelling).
 */
export function editTree(
  base: Snapshot,
  edits: readonly TreeEdit[],
): EditedTree {
  if (!(base instanceof TreeSnapshot)) {
    throw new TypeError('Only snapshots of a config repo can be edited');
  }
  const editor = new TreeEditor(base);
  const root = editor.directory(base.root, editTrie(edits));
  const added = editor.added;
  if (root.entries.length === 0 && root.oid !== base.rootTree) {
    editor.add(root);
  }
  const tree = new TreeSnapshot(
    base.commit,
    root,
    oid => added.get(oid) ?? base.nodeById(oid),
  );
  const there = added.size > FEW ? directoriesOf(base.root) : undefined;
  const objects = [...added.values()]
    .filter(({ oid }) => !there?.has(oid))
    .map(node => newObject('tree', encodeTree(node.entries)));
  return { tree, objects };
}

/** What is copied is there already. */
function directoriesOf(root: TreeNode): Set<string> {
  const found = new Set<string>();
  const visit = ({ oid, children }: TreeNode) => {
    if (found.has(oid)) return;
    found.add(oid);
    children.forEach(visit);
  };
  visit(root);
  return found;
}

function editTrie(edits: readonly TreeEdit[]): EditNode {
  const root = editNode('');
  for (const edit of edits) {
    checkTreePath(edit.path);
    if (edit.to) {
      checkObjectId(edit.to.oid);
    }
    let node = root;
    for (const name of edit.path.split('/')) {
      node.writes ||= edit.to !== undefined;
      let child = node.children.get(name);
      if (!child) {
        child = editNode(node === root ? name : `${node.path}/${name}`);
        node.children.set(name, child);
      }
      node = child;
    }
    if (node.edit) {
      throw new InputError(`Path '${edit.path}' is edited twice in one change`);
    }
    node.edit = edit;
  }
  checkContradictions(root);
  return root;
}

function checkContradictions(node: EditNode): void {
  const { edit } = node;
  if (edit?.to && edit.to.mode !== '40000' && node.writes) {
    throw new InputError(
      `'${node.path}' is to be a file and a directory in one change`,
    );
  }
  node.children.forEach(checkContradictions);
}

function editNode(path: string): EditNode {
  return { path, children: new Map(), writes: false };
}
