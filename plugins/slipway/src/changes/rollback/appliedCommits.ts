import type { Commit, Module } from '@slipway/backstage-plugin-slipway-common';

/**
 * The commits of a module's history whose files run now on one of its targets: the applied revision itself, or where the files are
 * current, the newest commit, because the applied revision is then a later commit that touched other files.
 *
 * @param commits - newest first
 */
export function appliedCommits(
  module: Module,
  commits: readonly Pick<Commit, 'commit'>[],
): Set<string> {
  const applied = new Set<string>();
  for (const { appliedRevision, fileSync } of module.states) {
    const known = commits.find(({ commit }) => commit === appliedRevision);
    if (known) {
      applied.add(known.commit);
    } else if (fileSync.state === 'Current' && commits.length > 0) {
      applied.add(commits[0].commit);
    } else if (
      fileSync.state === 'Behind' &&
      fileSync.commits !== undefined &&
      fileSync.commits < commits.length
    ) {
      applied.add(commits[fileSync.commits].commit);
    }
  }
  return applied;
}
