import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import type {
  KubernetesConnection,
  SyncEngineWatchOptions,
} from '@slipway/backstage-plugin-slipway-node';

export interface ConnectionReporterOptions extends SyncEngineWatchOptions {
  connection: KubernetesConnection;
}

const VERSION_TIMEOUT_MILLISECONDS = 5_000;

/** Tells the sink how the connection is, and the log when that changes. */
export class ConnectionReporter {
  readonly #options: ConnectionReporterOptions;
  #connected = false;
  #problem: string | undefined;
  #kubernetesVersion: string | undefined;

  static create(options: ConnectionReporterOptions): ConnectionReporter {
    return new ConnectionReporter(options);
  }

  private constructor(options: ConnectionReporterOptions) {
    this.#options = options;
  }

  async connecting(): Promise<void> {
    await this.#options.sink.connection({ state: 'Connecting' });
  }

  async alive(): Promise<void> {
    const { cluster, logger, sink } = this.#options;
    if (!this.#connected) {
      // Anew after every break: the cluster may have been upgraded.
      this.#kubernetesVersion = await this.#readVersion();
      this.#connected = true;
      this.#problem = undefined;
      logger.info(`Watching the Applications of the cluster ${cluster.name}`);
    }
    await sink.connection({
      state: 'Connected',
      kubernetesVersion: this.#kubernetesVersion,
    });
  }

  async problem(reason: Reason): Promise<void> {
    const { cluster, logger, sink } = this.#options;
    this.#connected = false;
    if (this.#problem !== reason.code) {
      this.#problem = reason.code;
      logger.warn(
        `The Applications of the cluster ${cluster.name} cannot be read: ${reason.code}`,
        reason.params,
      );
    }
    await sink.connection({ state: 'Unreachable', reason });
  }

  /** Not worth failing for: some accounts may not read it. */
  async #readVersion(): Promise<string | undefined> {
    const timeout = AbortSignal.timeout(VERSION_TIMEOUT_MILLISECONDS);
    try {
      return await this.#options.connection.version({
        signal: AbortSignal.any([this.#options.signal, timeout]),
      });
    } catch {
      return undefined;
    }
  }
}
