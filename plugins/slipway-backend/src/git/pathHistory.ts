import { CommitQueue } from './commitQueue';
import type { History, NeedsDepth } from './history';
import { Pause } from './pause';

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

export interface PathCommits {
  type: 'found';
  /** The youngest first. */
  commits: string[];
  more: boolean;
}

export interface PathHistoryQuestion {
  path: string;
  from: string;
  /** Leave out everything up to this one, which was the last of a page. */
  after?: string;
  limit: number;
  signal: AbortSignal;
}

/**
 * The commits that changed what is at `path`, in the order and with the
 * simplification of `git log from -- path`: of a merge that took one side's
 * state only that side is looked at. `commits` is empty when `after` is not
 * among them.
 *
 * @see https://git-scm.com/docs/git-log#_history_simplification
 */
export async function pathHistory(
  history: History,
  question: PathHistoryQuestion,
): Promise<PathCommits | NeedsDepth> {
  const { path, from, after, limit, signal } = question;
  const { changedPaths } = history;
  const pause = new Pause(signal);
  const commits: string[] = [];
  const seen = new Set<string>([from]);
  const queue = new CommitQueue();
  let skipping = after !== undefined;
  queue.push(history.commit(from));
  for (let commit = queue.pop(); commit; commit = queue.pop()) {
    if (pause.isDue()) {
      await pause.take();
    }
    if (history.isShallow(commit)) {
      return { type: 'needsDepth' };
    }
    let { parents } = commit;
    let changed = false;
    if (parents.length === 0) {
      const made = history.entryAt(commit.tree, path);
      changed = made !== undefined && made.oid !== EMPTY_TREE;
    } else {
      const here = commit;
      const same = parents.findIndex((_, i) =>
        changedPaths.isSame(here, i, path),
      );
      changed = same < 0;
      parents = changed ? parents : [parents[same]];
    }
    if (changed && skipping) {
      skipping = commit.oid !== after;
    } else if (changed) {
      if (commits.length === limit) {
        return { type: 'found', commits, more: true };
      }
      commits.push(commit.oid);
    }
    for (const parent of parents) {
      if (!seen.has(parent)) {
        seen.add(parent);
        queue.push(history.commit(parent));
      }
    }
  }
  return { type: 'found', commits, more: false };
}
