import { nameProblem } from '@slipway/backstage-plugin-slipway-common';
import type { EngineSource } from '@slipway/backstage-plugin-slipway-node';
import { engineObjectId, type StoredEngineObject } from '../engineObjects';
import type { Snapshot } from '../git';
import {
  linkEngineObject,
  moduleKey,
  ModulePathIndex,
  type ModuleKey,
} from './linking';
import type { CarryingObject } from './moduleStates';
import type { EnvironmentModel, RepoModel, SeenEngineObject } from './types';

export interface EngineLinksOptions {
  configRepo: string;
  isThisRepo: (source: EngineSource) => boolean;
  resolveCluster: (object: SeenEngineObject) => string | undefined;
}

/**
 * Keeps which engine objects carry which modules of one config repo, and the environments that are known only from
 * engine objects.
 */
export class EngineLinks {
  readonly #options: EngineLinksOptions;
  readonly #objects = new Map<string, SeenEngineObject>();
  readonly #modulesOf = new Map<string, ModuleKey[]>();
  readonly #carriersOf = new Map<ModuleKey, Map<string, CarryingObject>>();
  #model: RepoModel | undefined;
  #snapshot: Snapshot | undefined;
  #index: ModulePathIndex | undefined;
  #found = new Map<string, string[]>();
  #version = 0;

  private constructor(options: EngineLinksOptions) {
    this.#options = options;
  }

  static create(options: EngineLinksOptions): EngineLinks {
    return new EngineLinks(options);
  }

  /** Links every object anew to what Git has now, unless the same files are where they were. */
  setModel(model: RepoModel, snapshot: Snapshot): void {
    const same = this.#model?.structure === model.structure;
    this.#model = model;
    this.#snapshot = snapshot;
    if (same) return;
    this.#version += 1;
    this.#index = ModulePathIndex.fromModel(model);
    this.#modulesOf.clear();
    this.#carriersOf.clear();
    this.#found.clear();
    for (const [id, object] of this.#objects) this.#link(id, object);
  }

  /** @returns names of the environments whose state may differ now. */
  apply(changes: StoredEngineObject[]): Set<string> {
    const touched = new Set<string>();
    for (const { id, object, removed } of changes) {
      const before = this.#modulesOf.get(id);
      this.#environmentsOf(id, touched);
      this.#unlink(id);
      if (removed) {
        this.#objects.delete(id);
      } else {
        this.#objects.set(id, object);
        this.#link(id, object);
        this.#environmentsOf(id, touched);
      }
      const after = this.#modulesOf.get(id);
      if (before?.join('\n') !== after?.join('\n')) this.#version += 1;
    }
    return touched;
  }

  /** Another number for other links. */
  get version(): number {
    return this.#version;
  }

  /** Names of the environments that hold what only engine objects tell of. */
  foundEnvironments(): string[] {
    return [...this.#found.values()].flatMap(paths =>
      paths.map(path => this.#place(path).environment),
    );
  }

  /** Which modules each object carries. */
  links(): ReadonlyMap<string, ModuleKey[]> {
    return this.#modulesOf;
  }

  carriers(environment: string, module: string): CarryingObject[] {
    const carriers =
      this.#carriersOf.get(moduleKey(environment, module)) ?? new Map();
    return [...carriers]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, carrier]) => carrier);
  }

  carriesOne(carrier: CarryingObject): boolean {
    return (
      (this.#modulesOf.get(engineObjectId(carrier.object.key))?.length ?? 0) <=
      1
    );
  }

  /** Git's environments, and those that only engine objects tell of. */
  environments(): EnvironmentModel[] {
    const all = new Map(
      (this.#model?.environments ?? []).map(one => [one.name, one]),
    );
    for (const paths of this.#found.values()) {
      for (const path of paths) addFound(all, this.#place(path));
    }
    return [...all.values()];
  }

  #link(id: string, object: SeenEngineObject): void {
    if (!this.#index || !this.#snapshot || !this.#model) return;
    const { isThisRepo, resolveCluster } = this.#options;
    const { modules, unclaimedPaths } = linkEngineObject({
      object,
      isThisRepo,
      index: this.#index,
      snapshot: this.#snapshot,
    });
    const model = this.#model;
    const found = unclaimedPaths.filter(
      path => isUsablePath(path) && !model.ignores(path),
    );
    this.#found.set(id, found);
    const keys = [
      ...modules,
      ...found.map(path => {
        const place = this.#place(path);
        return moduleKey(place.environment, place.module);
      }),
    ];
    this.#modulesOf.set(id, keys);
    const source =
      object.sources.find(one => isThisRepo(one) && one.path !== undefined) ??
      object.sources.find(one => isThisRepo(one));
    const carrier: CarryingObject = {
      object,
      cluster: resolveCluster(object),
      appliedRevision: source?.appliedRevision,
      appliedUnknown: source?.appliedUnknown,
    };
    for (const key of keys) {
      const carriers = this.#carriersOf.get(key) ?? new Map();
      carriers.set(id, carrier);
      this.#carriersOf.set(key, carriers);
    }
  }

  #unlink(id: string): void {
    for (const key of this.#modulesOf.get(id) ?? []) {
      this.#carriersOf.get(key)?.delete(id);
    }
    this.#modulesOf.delete(id);
    this.#found.delete(id);
  }

  #environmentsOf(id: string, names: Set<string>): void {
    for (const key of this.#modulesOf.get(id) ?? []) {
      names.add(key.slice(0, key.indexOf('/')));
    }
  }

  /** An unclaimed path reads as the default layout would: the last folder is the module. */
  #place(path: string): FoundPlace {
    const slash = path.lastIndexOf('/');
    const module = path.slice(slash + 1) || this.#options.configRepo;
    const folder = slash < 0 ? path : path.slice(0, slash);
    return {
      path,
      folder,
      // Names of environments hold no slash: they stand in links and in permission resource refs.
      environment: folder.replaceAll('/', ':') || this.#options.configRepo,
      module,
      objectId: this.#snapshot?.entry(path)?.oid,
    };
  }
}

/** What an engine object says is foreign: only paths that could be modules, and that the indexes of a database hold, become some. */
function isUsablePath(path: string): boolean {
  return (
    path.length <= 500 &&
    Buffer.byteLength(path) <= 800 &&
    (path === '' || path.split('/').every(segment => !nameProblem(segment)))
  );
}

interface FoundPlace {
  path: string;
  folder: string;
  environment: string;
  module: string;
  objectId?: string;
}

function addFound(
  environments: Map<string, EnvironmentModel>,
  place: FoundPlace,
): void {
  const known = environments.get(place.environment) ?? {
    name: place.environment,
    managed: false,
    path: place.folder,
    targets: [],
    modules: [],
    findings: [],
  };
  if (known.modules.some(module => module.name === place.module)) return;
  environments.set(place.environment, {
    ...known,
    modules: [
      ...known.modules,
      { name: place.module, path: place.path, objectId: place.objectId },
    ],
  });
}
