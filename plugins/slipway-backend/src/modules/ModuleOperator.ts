import { ConflictError, InputError } from '@backstage/errors';
import type {
  EngineObjectRef,
  Module,
} from '@slipway/backstage-plugin-slipway-common';
import type {
  ClusterConfig,
  EngineOperation,
  SyncEngine,
} from '@slipway/backstage-plugin-slipway-node';
import { engineObjectId } from '../engineObjects';

const TIMEOUT_MILLISECONDS = 20_000;

export interface ModuleOperatorOptions {
  clusters: ClusterConfig[];
  engines: ReadonlyMap<string, Pick<SyncEngine, 'operate'>>;
}

/** Asks the engines that carry a module for an operation. Any replica may; none needs to watch for it. */
export class ModuleOperator {
  readonly #options: ModuleOperatorOptions;

  private constructor(options: ModuleOperatorOptions) {
    this.#options = options;
  }

  static create(options: ModuleOperatorOptions): ModuleOperator {
    return new ModuleOperator(options);
  }

  /**
   * The engine objects that deliver a module, on one target's cluster when it is named.
   *
   * @throws InputError when the module is not meant for the cluster; ConflictError when nothing delivers it.
   */
  engineObjectsOf(module: Module, cluster?: string): EngineObjectRef[] {
    const refs = this.carriersOf(module, cluster);
    if (refs.length === 0) {
      throw new ConflictError(
        `Nothing delivers module '${module.name}' yet; its engine object must be there first`,
      );
    }
    return refs;
  }

  /**
   * The same, and none when nothing delivers it.
   *
   * @throws InputError when the module is not meant for the cluster.
   */
  carriersOf(module: Module, cluster?: string): EngineObjectRef[] {
    const states = module.states.filter(
      state => cluster === undefined || state.cluster === cluster,
    );
    if (cluster !== undefined && states.length === 0) {
      throw new InputError(
        `Module '${module.name}' has no target on cluster '${cluster}'`,
      );
    }
    const refs = new Map(
      states
        .flatMap(state => state.engineObjects)
        .map(ref => [engineObjectId(ref), ref]),
    );
    return [...refs.values()];
  }

  /**
   * @throws ConflictError, NotAllowedError, NotFoundError, ServiceUnavailableError as the engine answers; the message
   * says which engine objects took it all the same.
   */
  async operate(
    refs: EngineObjectRef[],
    operation: EngineOperation,
    initiatedBy: string,
  ): Promise<void> {
    const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
    const results = await Promise.allSettled(
      refs.map(ref => this.#operateOne(ref, operation, initiatedBy, signal)),
    );
    const failure = results.find(result => result.status === 'rejected');
    if (!failure) return;
    const error = failure.reason as Error;
    const taken = refs.filter(
      (_, index) => results[index].status !== 'rejected',
    );
    if (taken.length > 0) {
      error.message += ` (taken by ${taken.map(engineObjectId).join(', ')})`;
    }
    throw error;
  }

  async #operateOne(
    ref: EngineObjectRef,
    operation: EngineOperation,
    initiatedBy: string,
    signal: AbortSignal,
  ): Promise<void> {
    const { clusters, engines } = this.#options;
    const engine = engines.get(ref.engine);
    const cluster = clusters.find(one => one.name === ref.cluster);
    if (!engine?.operate || !cluster) {
      throw new ConflictError(
        `The sync engine '${ref.engine}' on cluster '${ref.cluster}' cannot be asked from here`,
      );
    }
    await engine.operate({ cluster, key: ref, operation, initiatedBy, signal });
  }
}
