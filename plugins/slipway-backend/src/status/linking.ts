import type { EngineSource } from '@slipway/backstage-plugin-slipway-node';
import type { Snapshot } from '../git';
import { sourceFilter } from '../manifests/applied';
import type { RepoModel, SeenEngineObject } from './types';

/** Names a module inside one config repo: `<environment>/<module>`; environment names hold no slash. */
export type ModuleKey = string;

export function moduleKey(environment: string, module: string): ModuleKey {
  return `${environment}/${module}`;
}

export interface LinkEngineObjectOptions {
  object: SeenEngineObject;
  /** Whether a source reads this config repo. */
  isThisRepo: (source: EngineSource) => boolean;
  index: ModulePathIndex;
  snapshot: Snapshot;
}

export interface EngineObjectLinks {
  modules: ModuleKey[];
  /** Paths of this repo that the object deploys and that belong to no module. */
  unclaimedPaths: string[];
}

/**
 * Finds the modules of one config repo that an engine object carries: one object may carry many modules,
 * and one module may be carried by several objects.
 */
export function linkEngineObject(
  options: LinkEngineObjectOptions,
): EngineObjectLinks {
  const modules = new Set<ModuleKey>();
  const unclaimedPaths: string[] = [];
  for (const source of options.object.sources) {
    if (!options.isThisRepo(source)) continue;
    const carried = modulesOfSource(source, options);
    for (const key of carried) modules.add(key);
    if (carried.length === 0 && source.path !== undefined && !source.refOnly) {
      unclaimedPaths.push(source.path);
    }
  }
  return { modules: [...modules], unclaimedPaths };
}

function modulesOfSource(
  source: EngineSource,
  options: LinkEngineObjectOptions,
): ModuleKey[] {
  const { index } = options;
  const keys = (source.alsoReads ?? []).flatMap(path => index.holding(path));
  if (source.path === undefined || source.refOnly) return keys;

  keys.push(...index.holding(source.path));
  if (readsBelow(source, options.snapshot)) {
    for (const { path, key } of index.below(source.path)) {
      if (readsAnyFile(source, path, options.snapshot)) keys.push(key);
    }
  }
  return keys;
}

/** A plain directory is read without what is below it; a kustomization or a chart may name anything below. */
function readsBelow(source: EngineSource, snapshot: Snapshot): boolean {
  if (source.recurse) return true;
  return (snapshot.tree(source.path ?? '') ?? []).some(entry =>
    /^(kustomization\.ya?ml|Kustomization|Chart\.yaml)$/.test(entry.name),
  );
}

function readsAnyFile(
  source: EngineSource,
  modulePath: string,
  snapshot: Snapshot,
): boolean {
  const { path = '', include, exclude } = source;
  if (!include && !exclude) return true;
  // Whatever a Kustomization or a chart there may name.
  const reads = sourceFilter({ path, include, exclude, recurse: true });
  if (snapshot.entry(modulePath)?.mode !== '40000') return reads(modulePath);
  for (const file of snapshot.files(modulePath)) {
    if (reads(file.path)) return true;
  }
  return false;
}

/** Finds modules by path, above and below. */
export class ModulePathIndex {
  readonly #byPath = new Map<string, ModuleKey[]>();
  readonly #sorted: Array<{ path: string; key: ModuleKey }>;

  private constructor(entries: Array<{ path: string; key: ModuleKey }>) {
    for (const { path, key } of entries) {
      this.#byPath.set(path, [...(this.#byPath.get(path) ?? []), key]);
    }
    this.#sorted = entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  static fromModel(model: RepoModel): ModulePathIndex {
    return new ModulePathIndex(
      model.environments.flatMap(environment =>
        environment.modules.map(module => ({
          path: module.path,
          key: moduleKey(environment.name, module.name),
        })),
      ),
    );
  }

  /** Modules whose path is this path or a folder above it. */
  holding(path: string): ModuleKey[] {
    for (let current = path; current; current = parent(current)) {
      const keys = this.#byPath.get(current);
      if (keys) return keys;
    }
    return [];
  }

  /** Modules in folders below this path. */
  below(path: string): Array<{ path: string; key: ModuleKey }> {
    const prefix = path ? `${path}/` : '';
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#sorted[middle].path < prefix) low = middle + 1;
      else high = middle;
    }
    const found = [];
    for (
      let i = low;
      i < this.#sorted.length && this.#sorted[i].path.startsWith(prefix);
      i++
    ) {
      found.push(this.#sorted[i]);
    }
    return found;
  }
}

function parent(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
