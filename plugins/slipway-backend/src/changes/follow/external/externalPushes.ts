import type { CommitInfo } from '../../../git';

/** Commits that came past Slipway without one of its own in between. */
export interface ExternalPush {
  /** Commit before the first of them. */
  base: string;
  /** The last of them. */
  commit: string;
}

/**
 * Parts what is new in a branch into what came past Slipway and what did not. A merge of nothing but Slipway's commits counts as
 * Slipway's.
 *
 * @param options - `commits`: those of (from..to], parents before children; `ours`: those that Slipway recorded
 */
export function externalPushes(options: {
  from: string;
  to: string;
  commits: ReadonlyArray<Pick<CommitInfo, 'commit' | 'parents'>>;
  ours: ReadonlySet<string>;
}): ExternalPush[] {
  const { from, to, commits } = options;
  const fresh = new Map(commits.map(one => [one.commit, one]));
  const ours = new Set(options.ours);
  for (const { commit, parents } of commits) {
    const merged = parents.length > 1;
    if (merged && parents.every(one => ours.has(one) || !fresh.has(one))) {
      ours.add(commit);
    }
  }
  if (commits.every(({ commit }) => ours.has(commit))) return [];

  const pushes: ExternalPush[] = [];
  let open: string | undefined;
  let at = fresh.get(to);
  let before = to;
  while (at) {
    const { commit, parents } = at;
    if (ours.has(commit)) {
      if (open) pushes.push({ base: commit, commit: open });
      open = undefined;
    } else {
      open ??= commit;
    }
    // The branch was at Slipway's commits and at `from`, whichever parent a merge names first.
    before = parents.find(one => one === from || ours.has(one)) ?? parents[0];
    at = fresh.get(before);
  }
  // Another line of history took the branch over: what lies between is one push.
  if (before !== from) return [{ base: from, commit: to }];
  if (open) pushes.push({ base: from, commit: open });
  return pushes.reverse();
}
