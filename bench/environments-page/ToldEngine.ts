import { once } from 'node:events';
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  syncEnginesExtensionPoint,
  type EngineObject,
  type SyncEngine,
  type SyncEngineSink,
} from '../../plugins/slipway-node/src';

/** An engine that says what the benchmark has it say, and counts how often it is asked. */
export class ToldEngine implements SyncEngine {
  readonly kind = 'argocd';
  readonly #sinks = new Map<string, SyncEngineSink>();
  calls = 0;

  async watch({ cluster, sink, signal }: Parameters<SyncEngine['watch']>[0]) {
    this.calls += 1;
    await sink.connection({ state: 'Connected' });
    this.#sinks.set(cluster.name, sink);
    if (!signal.aborted) await once(signal, 'abort');
  }

  /** The names of the clusters that are watched. */
  get watched(): number {
    return this.#sinks.size;
  }

  /** Lists a cluster anew. */
  async list(cluster: string, objects: EngineObject[]): Promise<void> {
    const sink = this.#sinks.get(cluster);
    if (!sink) throw new Error(`Nobody watches ${cluster}`);
    await sink.list({ objects, first: true, last: true });
  }

  asModule() {
    return createBackendModule({
      pluginId: 'slipway',
      moduleId: 'told-engine',
      register: reg =>
        reg.registerInit({
          deps: { engines: syncEnginesExtensionPoint },
          init: async ({ engines }) => engines.addSyncEngine(this),
        }),
    });
  }
}
