import type { FileConflict } from '@slipway/backstage-plugin-slipway-common';
import type { CurrentConfigRepo } from '../../configRepos/ConfigRepoReader';
import { toCommit } from '../../files/commits';
import type { PlannedChange } from './types';

/** Conflicts of one plan that tell whose edit it was. */
const MAX_COMMITS = 50;

/** Says of each conflict which commit changed the file last. */
export async function withTheirCommits(
  { conflicts, files }: Pick<PlannedChange, 'conflicts' | 'files'>,
  { git, snapshot }: Pick<CurrentConfigRepo, 'git' | 'snapshot'>,
  signal: AbortSignal | undefined,
): Promise<FileConflict[]> {
  const oldPaths = new Map(files.map(({ path, oldPath }) => [path, oldPath]));
  return Promise.all(
    conflicts.map(async (conflict, index) => {
      if (index >= MAX_COMMITS) return conflict;
      const { commits } = await git.pathHistory({
        path: oldPaths.get(conflict.path) ?? conflict.path,
        from: snapshot.commit,
        limit: 1,
        signal,
      });
      return { ...conflict, theirCommit: commits.map(toCommit).at(0) };
    }),
  );
}
