import type { Diff } from '@slipway/backstage-plugin-slipway-common';
import type { CurrentConfigRepo } from '../configRepos/ConfigRepoReader';
import { readSecretSources } from '../configRepos/shared/readSecretSources';
import { compareTrees, findRenames, type TreeSide } from './compareTrees';
import { FileDiffer } from './FileDiffer';

const MAX_DIFF_FILES = 300;

/** The masked differences of two trees, or of what is at two paths, in the files that the caller may read. */
export async function diffTrees(options: {
  repo: CurrentConfigRepo;
  before: TreeSide | undefined;
  after: TreeSide;
  mayRead: (path: string) => boolean;
  signal?: AbortSignal;
}): Promise<Diff> {
  const { repo, before, after, mayRead, signal } = options;
  const visible = compareTrees(before, after).filter(pair =>
    [pair.before, pair.after].every(file => !file || mayRead(file.path)),
  );
  const pairs = findRenames(visible);
  const differ = new FileDiffer({
    readBlob: (oid, maxBytes) => repo.git.readBlob(oid, { maxBytes, signal }),
    secretSource: await readSecretSources(
      repo,
      [before?.snapshot, after.snapshot],
      { signal },
    ),
  });
  const files = [];
  for (const pair of pairs.slice(0, MAX_DIFF_FILES)) {
    signal?.throwIfAborted();
    files.push(await differ.diff(pair));
  }
  return {
    from: before?.snapshot.commit,
    to: after.snapshot.commit,
    files,
    truncated: pairs.length > MAX_DIFF_FILES,
  };
}
