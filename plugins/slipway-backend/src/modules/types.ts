import type {
  EngineObjectRef,
  FileSyncState,
  FoundModulePage,
  HealthState,
  Module,
  SyncState,
} from '@slipway/backstage-plugin-slipway-common';
import type { EnvironmentScope } from '../environments/types';

/** Names a module among those of all config repos. */
export interface ModuleId {
  configRepo: string;
  environment: string;
  module: string;
}

export interface ListModulesOptions {
  configRepo: string;
  environment: string;
  cursor?: string;
  limit: number;
}

export interface ModuleList {
  items: Module[];
  nextCursor?: string;
  total: number;
}

/** What a person asked for; lists hold alternatives. */
export interface ModuleFilters {
  environments?: string[];
  modules?: string[];
  /** Worst states over all targets. */
  health?: HealthState[];
  sync?: SyncState[];
  fileSync?: FileSyncState[];
  search?: string;
}

export interface FindModulesOptions {
  scope: EnvironmentScope;
  filters: ModuleFilters;
  cursor?: string;
  limit: number;
}

export type FoundModules = Pick<
  FoundModulePage,
  'items' | 'nextCursor' | 'total'
>;

/** An engine object that carries a module. */
export interface ModuleCarrier {
  /** See `engineObjectId`. */
  id: string;
  /** Modules that it carries, of all config repos. */
  modules: number;
}

/** A module with what tells its environment apart. */
export interface ModuleInEnvironment {
  module: Module;
  environmentTitle?: string;
  stage?: string;
  managed: boolean;
}

/** Modules as the read model has them. */
export interface ModuleStore {
  list(options: ListModulesOptions): Promise<ModuleList>;
  /** By stage, environment and name. */
  find(options: FindModulesOptions): Promise<FoundModules>;
  /** What there is to filter by in a scope. */
  facets(scope: EnvironmentScope): Promise<FoundModulePage['facets']>;
  get(id: ModuleId): Promise<ModuleInEnvironment | undefined>;
  /** Engine objects that carry a module and are not gone, in the order of their ids. */
  carriersOf(id: ModuleId): Promise<ModuleCarrier[]>;
  /**
   * What carries each of several modules of a config repo.
   *
   * @returns engine objects that are not gone, in the order of their ids, by `moduleId`
   */
  carriersOfAll(
    configRepo: string,
    modules: ReadonlyArray<Omit<ModuleId, 'configRepo'>>,
  ): Promise<Map<string, string[]>>;
  /** Environments of all modules that each of these engine objects carries, by the object's id. */
  environmentsOfCarriers(
    ids: readonly string[],
  ): Promise<Map<string, Array<{ configRepo: string; environment: string }>>>;
  /** Environments of all modules that any of these engine objects carries. */
  environmentsCarriedBy(
    refs: EngineObjectRef[],
  ): Promise<Array<{ configRepo: string; environment: string }>>;
}
