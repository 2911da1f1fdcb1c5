import { InputError } from '@backstage/errors';
import type {
  SyncEngineConnection,
  SyncEngineSink,
} from '@slipway/backstage-plugin-slipway-node';
import type { EngineObjectWriter } from '../engineObjects';
import { LeaseLostError } from '../leases';
import { pause } from '../leases/pause';
import type { ClusterEngineStore, ClusterEngineWriteOptions } from './types';

const ATTEMPTS = 5;

export interface ReadModelSinkOptions extends ClusterEngineWriteOptions {
  objects: EngineObjectWriter;
  clusterEngines: ClusterEngineStore;
  /** Called after each commit that changed what shows. */
  notify: () => void;
  /** Called when another process took over. */
  onLost: (error: LeaseLostError) => void;
  signal: AbortSignal;
}

/**
 * Takes an engine's words into the read model, one after another, whether or not the engine waits for each. A short
 * outage of the database is waited out; after a write that failed for good, all later ones fail with it, so that none
 * is left out.
 */
export class ReadModelSink implements SyncEngineSink {
  readonly #options: ReadModelSinkOptions;
  #last: Promise<void> = Promise.resolve();

  private constructor(options: ReadModelSinkOptions) {
    this.#options = options;
  }

  static create(options: ReadModelSinkOptions): ReadModelSink {
    return new ReadModelSink(options);
  }

  async list(page: Parameters<SyncEngineSink['list']>[0]): Promise<void> {
    const { objects, clusterEngines } = this.#options;
    const received = performance.now();
    return this.#inOrder(async () => {
      const visible = await objects.list(page);
      await clusterEngines.heard(this.#options, performance.now() - received);
      return visible;
    });
  }

  async apply(changes: Parameters<SyncEngineSink['apply']>[0]): Promise<void> {
    const { objects, clusterEngines } = this.#options;
    const received = performance.now();
    return this.#inOrder(async () => {
      const visible = await objects.apply(changes);
      await clusterEngines.heard(this.#options, performance.now() - received);
      return visible;
    });
  }

  async connection(state: SyncEngineConnection): Promise<void> {
    const { clusterEngines } = this.#options;
    return this.#inOrder(() => clusterEngines.connection(this.#options, state));
  }

  #inOrder(write: () => Promise<boolean>): Promise<void> {
    const result = this.#last.then(async () => {
      if (await this.#persist(write)) this.#options.notify();
    });
    this.#last = result;
    // The engine hears of it from its own call
    result.catch(() => {});
    return result;
  }

  async #persist(write: () => Promise<boolean>): Promise<boolean> {
    const { signal, onLost } = this.#options;
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      try {
        return await write();
      } catch (error) {
        if (error instanceof LeaseLostError) {
          onLost(error);
          throw error;
        }
        if (error instanceof InputError || attempt === ATTEMPTS) throw error;
        await pause(100 * 2 ** attempt, signal);
      }
    }
  }
}
