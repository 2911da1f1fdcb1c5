import type { FileEntry } from '@slipway/backstage-plugin-slipway-common';
import { directoryOf, ModuleRoot, moduleKey } from './fileTree';

/** Where new files go, and the environments that have files there. */
export interface TargetDirectory {
  configRepo: string;
  path: string;
  environments: string[];
}

function environmentsBelow(
  items: readonly FileEntry[],
  configRepo: string,
  directory: string,
): string[] {
  const prefix = `${directory}/`;
  return [
    ...new Set(
      items
        .filter(
          item =>
            item.configRepo === configRepo && item.path.startsWith(prefix),
        )
        .map(({ environment }) => environment),
    ),
  ].sort();
}

/** The directory that is chosen or holds the chosen file; without a choice that of the only module. */
export function targetDirectory(
  items: readonly FileEntry[],
  roots: ReadonlyMap<string, ModuleRoot>,
  chosen: { configRepo: string; path: string } | undefined,
): TargetDirectory | undefined {
  if (!chosen) {
    const [only, ...more] = [...roots.values()];
    const configRepo = items[0]?.configRepo;
    return only?.own && more.length === 0
      ? directoryTarget(items, configRepo, only.directory)
      : undefined;
  }
  const { configRepo, path } = chosen;
  const below = environmentsBelow(items, configRepo, path);
  const target =
    below.length > 0
      ? { configRepo, path, environments: below }
      : directoryTarget(items, configRepo, directoryOf(path));
  return target.environments.length > 0 ? target : undefined;
}

/** Files of this directory, whatever is chosen. */
export function directoryTarget(
  items: readonly FileEntry[],
  configRepo: string,
  path: string,
): TargetDirectory {
  const environments = environmentsBelow(items, configRepo, path);
  return { configRepo, path, environments };
}

/** The file as the lists know it, and the directory that is its module's alone. */
export function placeIn(
  items: readonly FileEntry[],
  roots: ReadonlyMap<string, ModuleRoot>,
  configRepo: string,
  path: string,
): { environment?: string; directory: string } {
  const entry = items.find(
    item => item.configRepo === configRepo && item.path === path,
  );
  const root = entry && roots.get(moduleKey(entry));
  return {
    environment: entry?.environment,
    directory: root?.own ? root.directory : '',
  };
}
