import type { FileEntry } from '@slipway/backstage-plugin-slipway-common';
import type { Snapshot, SnapshotFile } from '../git';
import type { ModuleModel, RepoModel } from '../status/types';

/** One file of a module, and what its path is searched by. */
export interface IndexedFile {
  entry: FileEntry;
  lowerPath: string;
}

/** The files of every module of a config repo at one commit, by path. */
export interface FileIndex {
  commit: string;
  snapshot: Snapshot;
  files: readonly IndexedFile[];
  environments: ReadonlyArray<{
    name: string;
    title?: string;
    modules: string[];
  }>;
}

// Trees can be made to hold what no path can say.
const IMPOSSIBLE = /(?:^|\/)(?:\.{0,2})(?:\/|$)/;

/** Lists the files that a layout claims for modules, each once. */
export function buildFileIndex(options: {
  configRepo: string;
  snapshot: Snapshot;
  model: RepoModel;
}): FileIndex {
  const { configRepo, snapshot, model } = options;
  const files: IndexedFile[] = [];
  for (const environment of model.environments) {
    for (const module of environment.modules) {
      for (const { path, entry } of filesOf(snapshot, module)) {
        if (entry.invalidName || IMPOSSIBLE.test(path)) continue;
        // The one word on whose file it is, as when it is read.
        const claim = model.layout.claim(path);
        if (
          claim?.environment !== environment.name ||
          claim.module !== module.name
        ) {
          continue;
        }
        files.push({
          entry: {
            configRepo,
            environment: environment.name,
            module: module.name,
            path,
            oid: entry.oid,
            mode: entry.mode as FileEntry['mode'],
          },
          lowerPath: path.toLowerCase(),
        });
      }
    }
  }
  files.sort((a, b) => compareText(a.entry.path, b.entry.path));
  const environments = model.environments.map(({ name, title, modules }) => ({
    name,
    title,
    modules: modules.map(module => module.name),
  }));
  environments.sort((a, b) => compareText(a.name, b.name));
  return { commit: snapshot.commit, snapshot, files, environments };
}

/** By code units: the same order everywhere. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function filesOf(
  snapshot: Snapshot,
  module: ModuleModel,
): Iterable<SnapshotFile> {
  const entry = module.objectId ? snapshot.entry(module.path) : undefined;
  if (!entry) return [];
  return entry.mode === '40000'
    ? snapshot.files(module.path)
    : [{ path: module.path, entry }];
}
