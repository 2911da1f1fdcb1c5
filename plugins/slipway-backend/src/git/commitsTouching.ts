import { CommitQueue } from './commitQueue';
import type { CommitNode, History, NeedsDepth } from './history';

export type TouchingResult =
  | { type: 'behind'; commits: number }
  /** `applied` is not in the history of `head`. */
  | { type: 'diverged' };

/**
 * How many commits of head's history, not in that of `applied`, changed what
 * is at `path`: `git rev-list --count applied..head -- path`.
 *
 * Like git, a merge that kept one side's state is not a change, and the other
 * sides of it are not looked at.
 */
export function commitsTouching(
  history: History,
  options: { path: string; applied: string; head: string },
): TouchingResult | NeedsDepth {
  const { path, applied, head } = options;
  const reach = reaches(history, head, applied);
  if (reach !== 'yes') {
    return { type: reach === 'no' ? 'diverged' : 'needsDepth' };
  }

  // Two colours flow from both ends through the graph, the youngest commits
  // first; what only the head's colour reached is the answer.
  const queue = new CommitQueue();
  const old = new Set<string>();
  const touching = new Set<string>();
  let open = 0;
  const paintOld = (commit: CommitNode) => {
    if (!old.has(commit.oid)) {
      open -= queue.has(commit.oid) ? 1 : 0;
      old.add(commit.oid);
      touching.delete(commit.oid);
      queue.push(commit);
    }
  };
  const seen = new Set<string>();
  const paintNew = (commit: CommitNode) => {
    if (!old.has(commit.oid) && !seen.has(commit.oid)) {
      seen.add(commit.oid);
      open += 1;
      queue.push(commit);
    }
  };
  paintNew(history.commit(head));
  paintOld(history.commit(applied));

  let oldEndsHere = false;
  while (open > 0) {
    const commit = queue.pop()!;
    if (old.has(commit.oid)) {
      if (history.isShallow(commit)) {
        oldEndsHere = true;
      } else {
        history.parents(commit).forEach(paintOld);
      }
      continue;
    }
    open -= 1;
    // Older than the place where the applied side's history ends for us: this
    // commit may well be part of what we cannot see.
    if (history.isShallow(commit) || oldEndsHere) {
      return { type: 'needsDepth' };
    }
    const same = sameParent(history, commit, path);
    if (same) {
      paintNew(same);
    } else {
      if (commit.parents.length > 0 || history.entryAt(commit.tree, path)) {
        touching.add(commit.oid);
      }
      history.parents(commit).forEach(paintNew);
    }
  }
  return { type: 'behind', commits: touching.size };
}

/** The first parent that has the same at `path`, where there is one. */
function sameParent(
  history: History,
  commit: CommitNode,
  path: string,
): CommitNode | undefined {
  const here = history.entryAt(commit.tree, path);
  return history.parents(commit).find(parent => {
    if (parent.tree === commit.tree) {
      return true;
    }
    const there = history.entryAt(parent.tree, path);
    return there?.oid === here?.oid && there?.mode === here?.mode;
  });
}

/** Whether `ancestor` is in the history of `head`. */
function reaches(
  history: History,
  head: string,
  ancestor: string,
): 'yes' | 'no' | 'needsDepth' {
  const queue = new CommitQueue();
  const seen = new Set<string>([head]);
  queue.push(history.commit(head));
  let incomplete = false;
  for (let commit = queue.pop(); commit; commit = queue.pop()) {
    if (commit.oid === ancestor) {
      return 'yes';
    }
    if (history.isShallow(commit)) {
      incomplete = true;
    } else {
      for (const parent of history.parents(commit)) {
        if (!seen.has(parent.oid)) {
          seen.add(parent.oid);
          queue.push(parent);
        }
      }
    }
  }
  return incomplete ? 'needsDepth' : 'no';
}
