import {
  SLIPWAY_DIRECTORY,
  type CommitInfo,
} from '@slipway/backstage-plugin-slipway-common';
import type { Snapshot, TreeEntry } from '../git';
import type { EnvironmentModel, RepoModel } from '../status/types';

/** Above so many changed paths reading all anew is as fast. */
const MAX_CHANGED = 1000;

/**
 * What Git says of a config repo at a commit that only changed what is in files, made from what it said before: that is what most
 * commits do, and all else is the same then. Environments that hold none of these files are the same objects.
 *
 * @returns undefined where files came, went or became links, or where a file under `.slipway/` is another
 */
export function updateRepoModel(options: {
  previous: RepoModel;
  before: Snapshot;
  snapshot: Snapshot;
  head: CommitInfo;
}): RepoModel | undefined {
  const { previous, before, snapshot, head } = options;
  const touched = new Set<string>();
  let count = 0;
  for (const path of snapshot.changedPaths(before)) {
    count += 1;
    if (
      count > MAX_CHANGED ||
      path.startsWith(`${SLIPWAY_DIRECTORY}/`) ||
      !isFile(before.entry(path)) ||
      !isFile(snapshot.entry(path))
    ) {
      return undefined;
    }
    for (let at = path; at !== ''; at = parentOf(at)) touched.add(at);
  }
  return {
    ...previous,
    commit: snapshot.commit,
    head,
    environments: previous.environments.map(environment =>
      withObjects(environment, snapshot, touched),
    ),
  };
}

function withObjects(
  environment: EnvironmentModel,
  snapshot: Snapshot,
  touched: ReadonlySet<string>,
): EnvironmentModel {
  if (!environment.modules.some(({ path }) => touched.has(path))) {
    return environment;
  }
  return {
    ...environment,
    modules: environment.modules.map(module =>
      touched.has(module.path)
        ? { ...module, objectId: snapshot.entry(module.path)?.oid }
        : module,
    ),
  };
}

function isFile(entry: TreeEntry | undefined): boolean {
  return entry?.mode.startsWith('100') ?? false;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
