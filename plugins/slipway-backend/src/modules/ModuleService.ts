import { NotFoundError } from '@backstage/errors';
import type {
  EngineObjectDetails,
  ModuleDetails,
  ModuleResource,
  Reason,
} from '@slipway/backstage-plugin-slipway-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ClusterConfig,
  EngineObject,
  EngineResource,
  EngineResourceHealth,
  SyncEngine,
} from '@slipway/backstage-plugin-slipway-node';
import type { ForgeLinks } from '../configRepos/ForgeLinks';
import type { EngineObjectStore, StoredEngineObject } from '../engineObjects';
import type { ObjectHealth } from '../live';
import { engineObjectRef } from '../status/moduleStates';
import type { SeenEngineObject } from '../status/types';
import type { ModuleId, ModuleInEnvironment, ModuleStore } from './types';
import { findMakers } from './findMakers';
import { toOperationDetails } from './toOperationDetails';
import { carriersIn, carriesOthers, withoutWords } from './withoutWords';

const OPERATION_OPTIONS = ['hard', 'prune', 'dryRun'] as const;

/** Finds which of some engine objects, by their ids, also deliver what the person may not read. */
type HiddenOf = (ids: string[]) => Promise<ReadonlySet<string>>;

type AskedEngine = Pick<
  SyncEngine,
  'operate' | 'operations' | 'operationOptions'
>;

export interface ModuleServiceOptions {
  modules: ModuleStore;
  engineObjects: EngineObjectStore;
  clusters: readonly ClusterConfig[];
  engines: ReadonlyMap<
    string,
    AskedEngine & Pick<SyncEngine, 'resourceHealth'>
  >;
  links: ForgeLinks;
  objectHealth: ObjectHealth;
  resolveCluster: (object: SeenEngineObject) => string | undefined;
  logger: LoggerService;
}

/**
 * One module with what its engine objects say; the caller has asked whether the person may read it. Of an engine object that also
 * delivers what the person may not read, neither words nor resources are told: engines do not say which module they are of.
 */
export class ModuleService {
  readonly #options: ModuleServiceOptions;

  private constructor(options: ModuleServiceOptions) {
    this.#options = options;
  }

  static create(options: ModuleServiceOptions): ModuleService {
    return new ModuleService(options);
  }

  /** @throws NotFoundError when the environment has no such module. */
  async find(id: ModuleId): Promise<ModuleInEnvironment> {
    const found = await this.#options.modules.get(id);
    if (!found) {
      throw new NotFoundError(
        `Environment '${id.environment}' of config repo '${id.configRepo}' has no module '${id.module}'`,
      );
    }
    return found;
  }

  /**
   * @param hiddenOf - which of some engine objects also deliver what the person may not read
   * @throws NotFoundError when the environment has no such module.
   */
  async details(
    id: ModuleId,
    hiddenOf: HiddenOf,
  ): Promise<Omit<ModuleDetails, 'sequence'>> {
    const { modules, engines, engineObjects, links } = this.#options;
    const found = await this.find(id);
    const carriers = await modules.carriersOf(id);
    const stored = await engineObjects.byIds(carriers.map(one => one.id));
    const hidden = await hiddenOf([
      ...carriersIn([found.module]),
      ...carriers.map(one => one.id),
    ]);
    const makers = await findMakers(stored, this.#options);
    const details = await Promise.all(
      stored.map(async one => {
        if (hidden.has(one.id)) return hiddenDetails(one);
        return toDetails(one, {
          resources: (await engineObjects.resourcesOf(one.id)).length,
          modules: carriers.find(({ id: carrier }) => carrier === one.id)
            ?.modules,
          madeBy: makers.get(one.id),
        });
      }),
    );
    const asked = [...new Set(details.map(({ ref }) => ref.engine))]
      .map(kind => engines.get(kind))
      .flatMap(engine => (engine?.operate ? [engine] : []));
    const operations = new Set(asked.flatMap(operationsOf));
    return {
      ...found,
      module: withoutWords(found.module, hidden),
      engineObjects: details,
      forgeUrl: links.directory(id.configRepo, found.module.path),
      operations: [...operations],
      operationOptions: optionsOf(asked),
    };
  }

  /**
   * Resources on every target, in the order in which each engine object applied them. Where health is kept outside of the
   * engine objects, the engine is asked for it, or else the objects themselves; without an answer there is none.
   *
   * @param hiddenOf - which of some engine objects also deliver what the person may not read
   * @returns with the reason why some are left out
   * @throws NotFoundError when the environment has no such module.
   */
  async resources(
    id: ModuleId,
    hiddenOf: HiddenOf,
  ): Promise<{ resources: ModuleResource[]; reason?: Reason }> {
    const { modules, engineObjects } = this.#options;
    await this.find(id);
    const carriers = await modules.carriersOf(id);
    const ids = carriers.map(one => one.id);
    const [stored, hidden] = await Promise.all([
      engineObjects.byIds(ids),
      hiddenOf(ids),
    ]);
    const left = stored.find(one => hidden.has(one.id));
    const shown = stored.filter(one => !hidden.has(one.id));
    const lists = await Promise.all(
      shown.map(async one => {
        const engineObject = engineObjectRef(one.object);
        const resources = await engineObjects.resourcesOf(one.id);
        const health = await this.#resourceHealth(one, resources);
        const healthByResource = new Map(
          health.map(known => [identityOf(known), known.health]),
        );
        return resources.map(resource => ({
          engineObject,
          ...resource,
          health: resource.health ?? healthByResource.get(identityOf(resource)),
        }));
      }),
    );
    return {
      resources: lists.flat(),
      reason: left && carriesOthers(left.object.key.name),
    };
  }

  async #resourceHealth(
    { id, object }: StoredEngineObject,
    resources: EngineResource[],
  ): Promise<EngineResourceHealth[]> {
    const { objectHealth, resolveCluster } = this.#options;
    const told = await this.#askEngine(object);
    if (told.length > 0) return told;
    const cluster = resolveCluster(object);
    return cluster === undefined
      ? []
      : objectHealth.read(id, cluster, resources);
  }

  async #askEngine({
    key,
  }: Pick<EngineObject, 'key'>): Promise<EngineResourceHealth[]> {
    const { clusters, engines, logger } = this.#options;
    const cluster = clusters.find(({ name }) => name === key.cluster);
    try {
      return (
        (cluster &&
          (await engines
            .get(key.engine)
            ?.resourceHealth?.({ cluster, key }))) ??
        []
      );
    } catch (error) {
      logger.warn(
        `The health of the resources of ${key.name} on ${key.cluster} could not be read: ${error}`,
      );
      return [];
    }
  }
}

function identityOf({
  group,
  kind,
  namespace,
  name,
}: Pick<EngineResource, 'group' | 'kind' | 'namespace' | 'name'>): string {
  return JSON.stringify([group, kind, namespace, name]);
}

function operationsOf(engine: AskedEngine): ModuleDetails['operations'] {
  return [...(engine.operations ?? ['refresh', 'sync', 'terminate'])];
}

/** They are all asked in the same way. */
function optionsOf(engines: AskedEngine[]): ModuleDetails['operationOptions'] {
  return engines.length === 0
    ? []
    : OPERATION_OPTIONS.filter(option =>
        engines.every(
          ({ operationOptions }) => operationOptions?.includes(option) ?? true,
        ),
      );
}

function toDetails(
  { object }: StoredEngineObject,
  more: Pick<EngineObjectDetails, 'resources' | 'modules' | 'madeBy'>,
): EngineObjectDetails {
  return {
    ref: engineObjectRef(object),
    url: object.url,
    conditions: object.conditions,
    health: object.health.state,
    sync: object.sync.state,
    operation: toOperationDetails(object),
    ...more,
  };
}

/** What it is, and how the module on it is, but nothing that may be about others. */
function hiddenDetails({ object }: StoredEngineObject): EngineObjectDetails {
  const operation = toOperationDetails(object);
  return {
    ref: engineObjectRef(object),
    reason: carriesOthers(object.key.name),
    url: object.url,
    conditions: [],
    health: object.health.state,
    sync: object.sync.state,
    operation: operation && { ...operation, message: undefined },
    resources: 0,
  };
}
