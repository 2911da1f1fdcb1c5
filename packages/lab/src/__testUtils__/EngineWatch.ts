import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  type BackendFeature,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import {
  type ClusterConfig,
  type EngineObject,
  type EngineObjectKey,
  type EngineOperation,
  type SyncEngine,
  type SyncEngineConnection,
  type SyncEngineSink,
  syncEnginesExtensionPoint,
} from '@slipway/backstage-plugin-slipway-node';
import { Cluster } from '../kubernetes';
import { until } from '../program';

/** The engine that a backend module adds to Slipway. */
export async function engineOf(module: BackendFeature): Promise<SyncEngine> {
  const engines: SyncEngine[] = [];
  const slipway = createBackendPlugin({
    pluginId: 'slipway',
    register(env) {
      env.registerExtensionPoint(syncEnginesExtensionPoint, {
        addSyncEngine: engine => engines.push(engine),
      });
      env.registerInit({ deps: {}, async init() {} });
    },
  });
  const backend = await startTestBackend({ features: [slipway, module] });
  await backend.stop();
  return engines[0];
}

/** What Slipway would know of a cluster: the engine watches it as in the portal, with Slipway's own account. */
export class EngineWatch {
  readonly #engine: SyncEngine;
  readonly #cluster: ClusterConfig;
  readonly #controller = new AbortController();
  readonly #ended: Promise<void>;
  #connection: SyncEngineConnection | undefined;
  #objects = new Map<string, EngineObject>();
  #listed = new Map<string, EngineObject>();

  static start(options: {
    engine: SyncEngine;
    cluster: Cluster;
    /** Of the engine on this cluster, as in `slipway.clusters`. */
    settings?: JsonObject;
  }): EngineWatch {
    const { engine, cluster, settings = {} } = options;
    return new EngineWatch(engine, {
      name: cluster.name,
      engines: [engine.kind],
      aliases: [],
      auth: { type: 'kubeconfig', file: cluster.slipwayKubeconfig },
      engineSettings: { [engine.kind]: settings },
    });
  }

  private constructor(engine: SyncEngine, cluster: ClusterConfig) {
    this.#engine = engine;
    this.#cluster = cluster;
    this.#ended = engine.watch({
      cluster,
      sink: this.#sink(),
      logger: mockServices.logger.mock(),
      signal: this.#controller.signal,
    });
  }

  /** In the namespace, or whichever it is in. */
  find(name: string, namespace?: string): EngineObject | undefined {
    return [...this.#objects.values()].find(
      ({ key }) =>
        key.name === name && (!namespace || key.namespace === namespace),
    );
  }

  /** Resolves to the object once it is as the condition wants it. */
  async waitFor(
    name: string,
    condition: (object: EngineObject) => unknown = () => true,
    namespace?: string,
  ): Promise<EngineObject> {
    try {
      return await until(
        async () => {
          const object = this.find(name, namespace);
          return object && condition(object) ? object : undefined;
        },
        { what: `${name} is as wanted`, timeoutMs: 45_000 },
      );
    } catch (error) {
      throw new Error(
        `${error}: ${JSON.stringify(this.find(name, namespace))}`,
      );
    }
  }

  /** Asks the engine for an operation, as the portal does. */
  async operate(
    { key }: EngineObject,
    operation: EngineOperation,
  ): Promise<void> {
    await this.#engine.operate!({
      cluster: this.#cluster,
      key,
      operation,
      initiatedBy: 'ann',
      signal: this.#controller.signal,
    });
  }

  /** `kind health`, of the resources whose health the engine knows when it is asked. */
  async resourceHealth({ key }: EngineObject): Promise<string[]> {
    const health = await this.#engine.resourceHealth?.({
      cluster: this.#cluster,
      key,
    });
    return (health ?? []).map(known => `${known.kind} ${known.health}`);
  }

  async waitUntilGone(name: string): Promise<void> {
    await until(async () => !this.find(name), { what: `${name} is gone` });
  }

  /** Resolves to what was told once the connection is so. */
  waitForConnection(
    state: SyncEngineConnection['state'],
  ): Promise<SyncEngineConnection> {
    return until(
      async () =>
        this.#connection?.state === state ? this.#connection : undefined,
      { what: `the connection is ${state}` },
    );
  }

  async stop(): Promise<void> {
    this.#controller.abort();
    await this.#ended;
  }

  #sink(): SyncEngineSink {
    return {
      list: async ({ objects, first, last }) => {
        this.#listed = first ? new Map() : this.#listed;
        for (const object of objects) {
          this.#listed.set(idOf(object.key), object);
        }
        this.#objects = last ? this.#listed : this.#objects;
      },
      apply: async changes => {
        for (const change of changes) {
          if (change.type === 'upsert') {
            this.#objects.set(idOf(change.object.key), change.object);
          } else {
            this.#objects.delete(idOf(change.key));
          }
        }
      },
      connection: async state => {
        this.#connection = state;
      },
    };
  }
}

function idOf({ namespace, name }: EngineObjectKey): string {
  return `${namespace}/${name}`;
}
