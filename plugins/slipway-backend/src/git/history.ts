import { ByteLru } from './byteLru';
import { ChangedPathIndex } from './changedPathIndex';
import { CommitLinks, parseCommitLinks } from './commitParser';
import { GitError } from './gitError';
import type { ObjectStore } from './objectStore';
import { parseTree, TreeEntry } from './treeParser';

export interface CommitNode extends CommitLinks {
  readonly oid: string;
}

/** A question about history that needs commits which are not here yet. */
export interface NeedsDepth {
  type: 'needsDepth';
}

const TREE_CACHE_BYTES = 32 * 1024 * 1024;

/**
 * The commits that are here, and the trees behind them, for walking. Commits
 * stay in memory once read (some 300 bytes each), trees only for a while.
 */
export class History {
  readonly changedPaths = new ChangedPathIndex(this);
  readonly #store: ObjectStore;
  readonly #shallow: ReadonlySet<string>;
  readonly #commits = new Map<string, CommitNode>();
  readonly #trees = new ByteLru<string, TreeEntry[]>(
    TREE_CACHE_BYTES,
    entries => 100 + entries.length * 200,
  );

  /** @param shallow - commits whose parents are not here; may change later */
  constructor(store: ObjectStore, shallow: ReadonlySet<string>) {
    this.#store = store;
    this.#shallow = shallow;
  }

  /** True when the commit's parents, if any, were left out. */
  isShallow(commit: CommitNode): boolean {
    return commit.parents.length > 0 && this.#shallow.has(commit.oid);
  }

  find(oid: string): CommitNode | undefined {
    let node = this.#commits.get(oid);
    if (!node) {
      const object = this.#store.read(oid);
      if (object?.type !== 'commit') {
        return undefined;
      }
      node = { oid, ...parseCommitLinks(object.data) };
      this.#commits.set(oid, node);
    }
    return node;
  }

  commit(oid: string): CommitNode {
    const node = this.find(oid);
    if (!node) {
      throw new GitError('corrupt', `commit ${oid} is missing from the cache`);
    }
    return node;
  }

  parents(commit: CommitNode): CommitNode[] {
    return commit.parents.map(oid => this.commit(oid));
  }

  tree(oid: string): readonly TreeEntry[] {
    let entries = this.#trees.get(oid);
    if (!entries) {
      const object = this.#store.read(oid);
      if (object?.type !== 'tree') {
        throw new GitError('corrupt', `tree ${oid} is missing from the cache`);
      }
      entries = parseTree(object.data);
      this.#trees.set(oid, entries);
    }
    return entries;
  }

  /** What is at a path below a tree; the tree itself for `''`. */
  entryAt(
    tree: string,
    path: string,
  ): Pick<TreeEntry, 'mode' | 'oid'> | undefined {
    let entry: Pick<TreeEntry, 'mode' | 'oid'> = { mode: '40000', oid: tree };
    for (const name of path === '' ? [] : path.split('/')) {
      const next: TreeEntry | undefined =
        entry.mode === '40000'
          ? this.tree(entry.oid).find(child => child.name === name)
          : undefined;
      if (!next) {
        return undefined;
      }
      entry = next;
    }
    return entry;
  }
}
