import { CommitQueue } from './commitQueue';
import type { CommitNode, History, NeedsDepth } from './history';

export type TouchingResult =
  | { type: 'behind'; commits: number }
  /** `applied` is not in the history of `head`. */
  | { type: 'diverged' };

/**
 * How many commits of head's history, not in that of `applied`, changed what
 * is at `path`.
 *
 * As with `git rev-list applied..head -- path`, a merge that took one new
 * side's state is not a change, and its other sides are not looked at. Sides
 * that `applied` has already do not count for this: a merge that returns to an
 * older state did change something. Where the two states differ the answer is
 * at least 1, even if only a merge that dropped a side explains it.
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
  const fresh = commitsSince(history, head, applied);
  if (!fresh) {
    return { type: 'needsDepth' };
  }

  let commits = 0;
  const seen = new Set<string>([head]);
  const waiting = fresh.has(head) ? [history.commit(head)] : [];
  for (let commit = waiting.pop(); commit; commit = waiting.pop()) {
    const { tree } = commit;
    const parents = history.parents(commit).map(parent => ({
      parent,
      isNew: fresh.has(parent.oid) || parent.oid === applied,
      isSame: isSameAt(history, path, parent.tree, tree),
    }));
    const kept = parents.find(({ isNew, isSame }) => isNew && isSame);
    const changed =
      parents.length > 0
        ? parents.some(({ isSame }) => !isSame)
        : history.entryAt(tree, path) !== undefined;
    const hasNew = parents.some(({ isNew }) => isNew);
    if (!kept && (hasNew || changed)) {
      commits += 1;
    }
    for (const { parent } of kept ? [kept] : parents) {
      if (fresh.has(parent.oid) && !seen.has(parent.oid)) {
        seen.add(parent.oid);
        waiting.push(parent);
      }
    }
  }
  const [from, to] = [applied, head].map(oid => history.commit(oid).tree);
  const least = isSameAt(history, path, from, to) ? 0 : 1;
  return { type: 'behind', commits: Math.max(commits, least) };
}

/**
 * The commits of head's history that are not in that of `applied`, or
 * undefined while too little of either is here to tell.
 *
 * Two colours flow through the graph from both ends, the youngest commits
 * first, until nothing that is left could still turn a new commit into an old
 * one.
 */
function commitsSince(
  history: History,
  head: string,
  applied: string,
): Set<string> | undefined {
  const queue = new CommitQueue();
  const old = new Set<string>();
  const fresh = new Set<string>();
  // How many new commits wait in the queue.
  let open = 0;
  let oldestFresh = Infinity;
  let youngestOldEnd = -Infinity;
  const paintOld = (commit: CommitNode) => {
    if (!old.has(commit.oid)) {
      old.add(commit.oid);
      if (fresh.delete(commit.oid) && queue.has(commit.oid)) {
        open -= 1;
      }
      queue.push(commit);
    }
  };
  const paintNew = (commit: CommitNode) => {
    if (!old.has(commit.oid) && !fresh.has(commit.oid)) {
      fresh.add(commit.oid);
      open += 1;
      queue.push(commit);
    }
  };
  paintNew(history.commit(head));
  paintOld(history.commit(applied));

  for (let commit = queue.pop(); commit; commit = queue.pop()) {
    const isOld = old.has(commit.oid);
    if (isOld && open === 0 && commit.time < oldestFresh) {
      break;
    }
    if (!isOld) {
      open -= 1;
      oldestFresh = Math.min(oldestFresh, commit.time);
    }
    if (history.isShallow(commit)) {
      if (!isOld) {
        return undefined;
      }
      youngestOldEnd = Math.max(youngestOldEnd, commit.time);
    } else {
      history.parents(commit).forEach(isOld ? paintOld : paintNew);
    }
  }
  // What is no younger than a place where the old side ends for us may well be
  // part of what we cannot see behind it.
  return oldestFresh <= youngestOldEnd ? undefined : fresh;
}

function isSameAt(
  history: History,
  path: string,
  before: string,
  after: string,
): boolean {
  if (before === after) {
    return true;
  }
  const was = history.entryAt(before, path);
  const now = history.entryAt(after, path);
  return was?.oid === now?.oid && was?.mode === now?.mode;
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
