import { CommitQueue } from './commitQueue';
import type { CommitNode, History, NeedsDepth } from './history';

/**
 * The commits of head's history that are not in that of `applied`, or
 * undefined while too little of either is here to tell.
 *
 * Two colours flow through the graph from both ends, the youngest commits
 * first, until nothing that is left could still turn a new commit into an old
 * one.
 */
export function commitsSince(
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

/** Whether `ancestor` is in the history of `head`. */
export function reaches(
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

/**
 * The commits of `to`'s history that are not in that of `from`, the oldest
 * first and parents before children: `git rev-list --date-order --reverse`.
 */
export function commitsBetween(
  history: History,
  from: string,
  to: string,
): { type: 'found'; commits: string[] } | NeedsDepth {
  const fresh = commitsSince(history, to, from);
  if (!fresh) {
    return { type: 'needsDepth' };
  }
  const waitingFor = new Map<string, number>();
  for (const oid of fresh) {
    for (const parent of new Set(history.commit(oid).parents)) {
      waitingFor.set(parent, (waitingFor.get(parent) ?? 0) + 1);
    }
  }
  const commits: string[] = [];
  const queue = new CommitQueue();
  if (fresh.has(to)) {
    queue.push(history.commit(to));
  }
  for (let commit = queue.pop(); commit; commit = queue.pop()) {
    commits.push(commit.oid);
    for (const parent of new Set(commit.parents)) {
      const children = waitingFor.get(parent)! - 1;
      waitingFor.set(parent, children);
      if (children === 0 && fresh.has(parent)) {
        queue.push(history.commit(parent));
      }
    }
  }
  return { type: 'found', commits: commits.reverse() };
}
