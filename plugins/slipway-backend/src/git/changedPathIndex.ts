import type { CommitNode, History } from './history';
import { diffEntries } from './treeDiff';
import { isTree, TreeEntry } from './treeParser';

/** Commits that change more than this are looked at anew for each question. */
const MOST_PATHS = 1000;

/** The paths that differ from one parent, as numbers in order; or too many. */
type Changes = Uint32Array | 'many';

/**
 * Which paths each commit changed, files and all the directories above them:
 * what makes asking for one path's history quick. Git has changed-path Bloom
 * filters for this; these are exact. About 100 bytes for each commit, and each
 * path that ever changed once.
 */
export class ChangedPathIndex {
  readonly #history: History;
  readonly #numbers = new Map<string, number>();
  readonly #changes = new Map<string, Changes[]>();

  constructor(history: History) {
    this.#history = history;
  }

  /** Whether a commit has what its n-th parent has at a path. */
  isSame(commit: CommitNode, parent: number, path: string): boolean {
    const other = this.#history.commit(commit.parents[parent]);
    if (commit.tree === other.tree || path === '') {
      return commit.tree === other.tree;
    }
    let all = this.#changes.get(commit.oid);
    if (!all) {
      all = [];
      this.#changes.set(commit.oid, all);
    }
    const changes = (all[parent] ??= this.#compare(other.tree, commit.tree));
    if (changes === 'many') {
      const was = this.#history.entryAt(other.tree, path);
      const now = this.#history.entryAt(commit.tree, path);
      return was?.oid === now?.oid && was?.mode === now?.mode;
    }
    const number = this.#numbers.get(path);
    return number === undefined || !changes.includes(number);
  }

  #compare(before: string, after: string): Changes {
    const found: number[] = [];
    const whole = this.#visit(before, after, '', found);
    return whole ? Uint32Array.from(found) : 'many';
  }

  /** False once there are too many. */
  #visit(
    before: string | undefined,
    after: string | undefined,
    prefix: string,
    found: number[],
  ): boolean {
    const was = before === undefined ? undefined : this.#history.tree(before);
    const now = after === undefined ? undefined : this.#history.tree(after);
    for (const change of diffEntries(was, now)) {
      const path = `${prefix}${change.name}`;
      if (found.push(this.#number(path)) > MOST_PATHS) {
        return false;
      }
      const [old, young] = [treeOf(change.before), treeOf(change.after)];
      const deeper = (old || young) && old !== young;
      if (deeper && !this.#visit(old, young, `${path}/`, found)) {
        return false;
      }
    }
    return true;
  }

  #number(path: string): number {
    let number = this.#numbers.get(path);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(path, number);
    }
    return number;
  }
}

function treeOf(entry: TreeEntry | undefined): string | undefined {
  return entry && isTree(entry) ? entry.oid : undefined;
}
