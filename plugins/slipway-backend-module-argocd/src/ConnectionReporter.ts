import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import {
  ClusterVersions,
  type KubernetesConnection,
  type SyncEngineWatchOptions,
} from '@slipway/backstage-plugin-slipway-node';
import { readArgoCdVersion } from './readArgoCdVersion';

export interface ConnectionReporterOptions extends SyncEngineWatchOptions {
  connection: KubernetesConnection;
}

/** Tells the sink how the connection is, and the log when that changes. */
export class ConnectionReporter {
  readonly #options: ConnectionReporterOptions;
  readonly #versions: ClusterVersions;
  readonly #controllers = new Set<string>();
  #connected = false;
  #problem: string | undefined;
  #setsProblem: Reason | undefined;

  static create(options: ConnectionReporterOptions): ConnectionReporter {
    return new ConnectionReporter(options);
  }

  private constructor(options: ConnectionReporterOptions) {
    this.#options = options;
    this.#versions = ClusterVersions.create({
      ...options,
      readEngineVersion: signal =>
        readArgoCdVersion({
          ...options,
          namespaces: this.#controllers,
          signal,
        }),
    });
  }

  /** Where the controller of an Application is, by its own word; told before the connection is alive. */
  controllerIn(namespace: string | undefined): void {
    if (namespace && !this.#controllers.has(namespace)) {
      this.#controllers.add(namespace);
      this.#versions.forget();
    }
  }

  async connecting(): Promise<void> {
    await this.#options.sink.connection({ state: 'Connecting' });
  }

  async alive(): Promise<void> {
    const { cluster, logger, sink } = this.#options;
    if (!this.#connected) {
      this.#connected = true;
      this.#problem = undefined;
      logger.info(`Watching the Applications of the cluster ${cluster.name}`);
    }
    const versions = await this.#versions.read();
    // It may have been lost meanwhile.
    if (this.#connected) {
      const reason = this.#setsProblem;
      await sink.connection({ state: 'Connected', reason, ...versions });
    }
  }

  /** ApplicationSets may be kept from Slipway, or not be there: the rest goes on. */
  async setsAreReadable(problem: Reason | undefined): Promise<void> {
    const reason =
      problem?.code === 'forbidden'
        ? {
            code: 'kindsUnreadable',
            params: { kinds: 'ApplicationSet', ...detailOf(problem) },
          }
        : undefined;
    const isNews = reason?.code !== this.#setsProblem?.code;
    this.#setsProblem = reason;
    if (isNews && this.#connected) await this.alive();
  }

  async problem(reason: Reason): Promise<void> {
    const { cluster, logger, sink } = this.#options;
    this.#connected = false;
    this.#versions.forget();
    if (this.#problem !== reason.code) {
      this.#problem = reason.code;
      logger.warn(
        `The Applications of the cluster ${cluster.name} cannot be read: ${reason.code}`,
        reason.params,
      );
    }
    await sink.connection({ state: 'Unreachable', reason });
  }
}

function detailOf({ params: { detail } }: Reason): Record<string, string> {
  return detail ? { detail } : {};
}
