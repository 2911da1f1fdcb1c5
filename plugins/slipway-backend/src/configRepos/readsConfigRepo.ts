import type { EngineSource } from '@slipway/backstage-plugin-slipway-node';
import { repoKey } from '../engineObjects';
import type { ConfigRepoConfig } from './types';

/**
 * Whether an engine object's source reads a config repo. Where each branch of a repository is a config repo of its own, each source
 * belongs to one of them.
 */
export function readsConfigRepo(
  { url, branch }: ConfigRepoConfig,
  configRepos: readonly ConfigRepoConfig[],
): (source: EngineSource) => boolean {
  const key = repoKey(url);
  const otherBranches = new Set<string | undefined>(
    configRepos
      .filter(one => repoKey(one.url) === key && one.branch !== branch)
      .map(one => one.branch),
  );
  return ({ repoUrl, targetRevision }) =>
    repoKey(repoUrl) === key && !otherBranches.has(targetRevision);
}
