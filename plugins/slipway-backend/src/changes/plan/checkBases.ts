import { InputError } from '@backstage/errors';
import type { FileOperation } from '@slipway/backstage-plugin-slipway-common';
import type { ConfigRepoGit, Snapshot } from '../../git';

/** Commits of one path that are looked at, and of all paths of a request. */
const MAX_COMMITS = 1000;
const MAX_COMMITS_IN_ALL = 10_000;

/**
 * Makes sure that each base is what the file is or was, before anything is read with it: a blob id opens whatever file of the config
 * repo has it, those that the caller may not read included.
 *
 * @param options - `operations`: on paths that the caller may read
 * @throws InputError for a base that the file never was, as far as its newest commits tell
 */
export async function checkBases(options: {
  operations: readonly FileOperation[];
  git: ConfigRepoGit;
  snapshot: Snapshot;
  signal?: AbortSignal;
}): Promise<void> {
  const { operations, git, snapshot, signal } = options;
  let left = MAX_COMMITS_IN_ALL;
  for (const { path, from = path, base } of operations) {
    if (base === undefined || snapshot.entry(from)?.oid === base) continue;
    const { commits } = await git.pathHistory({
      path: from,
      from: snapshot.commit,
      limit: Math.min(MAX_COMMITS, left),
      signal,
    });
    left -= commits.length;
    let found = false;
    for (const { commit } of commits) {
      found = (await git.objectAt(commit, from, { signal })) === base;
      if (found) break;
    }
    if (!found) {
      throw new InputError(
        `'base' of the operation on '${from}' is no version of that file that is known; load the file again and repeat the edit on it`,
      );
    }
  }
}
