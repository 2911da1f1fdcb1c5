import { commitsSince, reaches } from './ancestry';
import type { History, NeedsDepth } from './history';

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
