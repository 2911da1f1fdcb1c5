import { GitError } from './gitError';
import type { TreeNode } from './snapshot';
import { isTree, TreeEntry } from './treeParser';

// Deeper than any path that an operating system would take.
const MAX_DEPTH = 512;

/**
 * Builds trees of directories for snapshots and shares equal directories among
 * them, so that a new commit costs only what it changed.
 */
export class TreeNodes {
  readonly #read: (oid: string) => readonly TreeEntry[];
  readonly #byId = new Map<string, TreeNode>();
  #liveAtLastSweep = 0;

  /** @param read - the entries of a tree object; throws when it is not here */
  constructor(read: (oid: string) => readonly TreeEntry[]) {
    this.#read = read;
  }

  build(oid: string): TreeNode {
    const root = this.#node(oid, 0);
    if (this.#byId.size > 2 * this.#liveAtLastSweep + 1000) {
      this.#sweep(root);
    }
    return root;
  }

  /** A directory that need not be the root of anything. */
  find(oid: string): TreeNode {
    return this.#node(oid, 0);
  }

  #node(oid: string, depth: number): TreeNode {
    const known = this.#byId.get(oid);
    if (known) {
      return known;
    }
    if (depth > MAX_DEPTH) {
      throw new GitError('tooLarge', `directories are nested ${depth} deep`);
    }
    const entries = this.#read(oid);
    const children = new Map<string, TreeNode>();
    let fileCount = 0;
    for (const entry of entries) {
      if (isTree(entry)) {
        const child = this.#node(entry.oid, depth + 1);
        fileCount += child.fileCount;
        children.set(entry.name, child);
      } else {
        fileCount += 1;
      }
    }
    const node = { oid, entries, fileCount, children };
    this.#byId.set(oid, node);
    return node;
  }

  /** Forgets what only snapshots of the past hold. */
  #sweep(root: TreeNode): void {
    this.#byId.clear();
    const visit = (node: TreeNode) => {
      if (!this.#byId.has(node.oid)) {
        this.#byId.set(node.oid, node);
        for (const child of node.children.values()) {
          visit(child);
        }
      }
    };
    visit(root);
    this.#liveAtLastSweep = this.#byId.size;
  }
}
