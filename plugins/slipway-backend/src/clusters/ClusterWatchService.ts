import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, toError } from '@backstage/errors';
import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import {
  message,
  type ClusterConfig,
  type SyncEngine,
} from '@slipway/backstage-plugin-slipway-node';
import type { EngineObjectStore } from '../engineObjects';
import type { HeldLease, LeaseKeeper } from '../leases';
import { pause } from '../leases/pause';
import type { ChangeFeed } from '../status/ChangeFeed';
import { clusterLeaseKey } from './clusterLeaseKey';
import { ReadModelSink } from './ReadModelSink';
import type { ClusterEngineStore } from './types';

const CONFIGURE_AGAIN_MILLISECONDS = 600_000;

export interface ClusterWatchServiceOptions {
  clusters: ClusterConfig[];
  /** The sync engines that modules provide, by kind. */
  engines: ReadonlyMap<string, SyncEngine>;
  store: ClusterEngineStore;
  engineObjects: EngineObjectStore;
  leases: LeaseKeeper;
  feed: Pick<ChangeFeed, 'notify'>;
  logger: LoggerService;
  /** How long to wait after a watch that gave up. Default 30 s. */
  retryMilliseconds?: number;
}

/**
 * Sees to it that every engine of every cluster is watched by one replica, and that what it sees gets into the read
 * model. When a lease changes hands, what is known simply ages until the next holder hears from the cluster.
 */
export class ClusterWatchService {
  readonly #options: ClusterWatchServiceOptions;
  #timer: NodeJS.Timeout | undefined;

  private constructor(options: ClusterWatchServiceOptions) {
    this.#options = options;
  }

  static create(options: ClusterWatchServiceOptions): ClusterWatchService {
    return new ClusterWatchService(options);
  }

  async start(): Promise<void> {
    const { clusters, leases } = this.#options;
    await this.#configure();
    this.#timer = setTimeout(
      // A replica with the configuration of before may have written until it was replaced
      () => this.#configure().catch(error => this.#warn(error)),
      CONFIGURE_AGAIN_MILLISECONDS,
    );
    this.#timer.unref();
    for (const cluster of clusters) {
      for (const engine of cluster.engines) {
        leases.keep(clusterLeaseKey(cluster.name, engine), lease =>
          this.#watch(cluster, engine, lease),
        );
      }
    }
  }

  /** Ends the housekeeping; the watches end with the keeper. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  async #configure(): Promise<void> {
    const { store, clusters, feed } = this.#options;
    if (await store.configure(clusters)) feed.notify();
  }

  #warn(error: unknown): void {
    this.#options.logger.warn(
      'Could not compare the clusters with the configuration',
      toError(error),
    );
  }

  async #watch(
    cluster: ClusterConfig,
    kind: string,
    lease: HeldLease,
  ): Promise<void> {
    const { engineObjects, store, feed } = this.#options;
    const { retryMilliseconds = 30_000 } = this.#options;
    const engine = this.#options.engines.get(kind);
    const logger = this.#options.logger.child({
      cluster: cluster.name,
      engine: kind,
    });
    const lost = new AbortController();
    const signal = AbortSignal.any([lease.signal, lost.signal]);
    const newSink = () =>
      ReadModelSink.create({
        cluster: cluster.name,
        engine: kind,
        lease,
        objects: engineObjects.writer({
          cluster: cluster.name,
          engine: kind,
          lease,
          logger,
        }),
        clusterEngines: store,
        notify: () => feed.notify(),
        onLost: error => lost.abort(error),
        signal,
      });
    while (!signal.aborted) {
      const reason = engine
        ? await this.#watchOnce(engine, {
            cluster,
            sink: newSink(),
            logger,
            signal,
          })
        : { code: 'engineNotInstalled', params: { engine: kind } };
      if (signal.aborted) break;
      // A sink of its own: the one that the watch wrote to may have failed
      await newSink()
        .connection({ state: 'Unreachable', reason })
        .catch(error => logger.warn('Could not record that', toError(error)));
      await pause(retryMilliseconds, signal);
    }
    if (lost.signal.aborted) throw lost.signal.reason;
  }

  /** Watches until aborted, or until the engine gives up; then says why. */
  async #watchOnce(
    engine: SyncEngine,
    options: Parameters<SyncEngine['watch']>[0],
  ): Promise<Reason> {
    const { logger, signal } = options;
    try {
      await engine.watch(options);
      if (!signal.aborted) logger.warn('The watch ended by itself');
      return { code: 'watchEnded', params: {} };
    } catch (caught) {
      const error = toError(caught);
      if (!signal.aborted) logger.error('The watch gave up', error);
      return { code: 'watchFailed', params: paramsOf(error) };
    }
  }
}

/** Whoever may read the cluster reads it. Only what a setting lacks is worded for others: the database quotes what it was to write. */
function paramsOf(error: Error): Reason['params'] {
  const said = error instanceof InputError ? message(error.message) : undefined;
  return said === undefined ? {} : { message: said };
}
