import { setTimeout as sleep } from 'node:timers/promises';
import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  DeploymentRecorder,
  type DatabaseDeploymentStore,
} from '../deployments';
import { repoKey, type EngineObjectStore } from '../engineObjects';
import type { ConfigRepoGit } from '../git';
import { assertFence, type HeldLease, type LeaseKeeper } from '../leases';
import type { ChangeFeed } from '../status/ChangeFeed';
import { readConnections } from '../status/Connections';
import { EngineLinks } from '../status/EngineLinks';
import type { SeenEngineObject } from '../status/types';
import { ReadModelWriter } from '../status/ReadModelWriter';
import { configRepoLeaseKey, type ConfigRepoStore } from './ConfigRepoStore';
import { ConfigRepoWorker } from './ConfigRepoWorker';
import type { OpenConfigRepos } from './OpenConfigRepos';
import { readsConfigRepo } from './readsConfigRepo';
import type { RepoModels } from './RepoModels';
import type { ConfigRepoConfig } from './types';

const REFRESH_WAIT_MILLISECONDS = 20_000;
const ANSWERS_FIRST_MILLISECONDS = 50;

export interface ConfigRepoServiceOptions {
  configRepos: ConfigRepoConfig[];
  store: ConfigRepoStore;
  engineObjects: EngineObjectStore;
  deployments: DatabaseDeploymentStore;
  resolveCluster: (object: SeenEngineObject) => string | undefined;
  models: RepoModels;
  open: OpenConfigRepos;
  knex: Knex;
  leases: LeaseKeeper;
  feed: ChangeFeed;
  scheduler: SchedulerService;
  logger: LoggerService;
}

/** Runs one worker for each config repo whose lease this process holds. */
export class ConfigRepoService {
  readonly #options: ConfigRepoServiceOptions;
  readonly #workers = new Map<string, ConfigRepoWorker>();
  readonly #pushed = new Set<string>();

  private constructor(options: ConfigRepoServiceOptions) {
    this.#options = options;
  }

  static create(options: ConfigRepoServiceOptions): ConfigRepoService {
    return new ConfigRepoService(options);
  }

  async start(): Promise<void> {
    const { configRepos, leases, scheduler, feed } = this.#options;
    feed.subscribe(() => {
      for (const worker of this.#workers.values()) worker.follow();
    });
    for (const config of configRepos) {
      leases.keep(configRepoLeaseKey(config.name), lease =>
        this.#work(config, lease),
      );
      await scheduler.scheduleTask({
        id: `slipway-refresh-${config.name}`,
        scope: 'local',
        frequency: { minutes: config.refreshMinutes },
        initialDelay: { minutes: config.refreshMinutes },
        timeout: { minutes: Math.max(5, config.refreshMinutes) },
        fn: async () => this.#workers.get(config.name)?.look(),
      });
    }
  }

  /** Config repos at this URL, whatever its spelling. */
  byUrl(url: string): ConfigRepoConfig[] {
    const key = repoKey(url);
    return this.#options.configRepos.filter(one => repoKey(one.url) === key);
  }

  /** Has someone look at the remote soon; does not wait. */
  async requestRefresh(name: string): Promise<void> {
    await this.#options.store.requestRefresh(name);
    this.#options.feed.notify();
  }

  /** Has the read model follow what was pushed from this process, once those who waited for it have their answers. */
  async pushed(name: string): Promise<void> {
    if (!this.#workers.has(name)) {
      await this.requestRefresh(name);
      return;
    }
    if (this.#pushed.has(name)) return;
    this.#pushed.add(name);
    await sleep(ANSWERS_FIRST_MILLISECONDS);
    this.#pushed.delete(name);
    await this.#workers.get(name)?.follow();
  }

  /**
   * Has the worker, in whichever replica it is, look at the remote, and waits until it did.
   *
   * @throws ServiceUnavailableError when none did in time.
   */
  async refresh(name: string): Promise<void> {
    const { store, feed } = this.#options;
    const wish = await store.requestRefresh(name);
    feed.notify();
    const until = Date.now() + REFRESH_WAIT_MILLISECONDS;
    while ((await store.refreshDone(name)) < wish) {
      if (Date.now() > until) {
        throw new ServiceUnavailableError(
          `Config repo '${name}' did not answer within ${
            REFRESH_WAIT_MILLISECONDS / 1000
          } seconds; the look goes on, try again later`,
        );
      }
      await sleep(100);
    }
  }

  async #work(config: ConfigRepoConfig, lease: HeldLease): Promise<void> {
    const { signal } = lease;
    const git = await this.#options.open.open(config);
    try {
      const worker = ConfigRepoWorker.create({
        config,
        git,
        ...(await this.#readModel(config, lease, git)),
        models: this.#options.models,
        logger: this.#options.logger,
        now: () => new Date(),
        signal,
      });
      this.#workers.set(config.name, worker);
      await worker.start();
      await aborted(signal);
    } finally {
      this.#workers.delete(config.name);
    }
  }

  async #readModel(
    config: ConfigRepoConfig,
    lease: HeldLease,
    git: ConfigRepoGit,
  ) {
    const { knex, store, engineObjects, feed, resolveCluster } = this.#options;
    const key = repoKey(config.url);
    const written = {
      configRepo: config.name,
      assertFence: (tx: Knex.Transaction) => assertFence(tx, lease),
      now: () => new Date(),
      logger: this.#options.logger,
    };
    const read = {
      configRepo: config.name,
      isThisRepo: readsConfigRepo(config, this.#options.configRepos),
      resolveCluster,
    };
    return {
      previous: await store.readStatus(config.name),
      writer: await ReadModelWriter.create({ knex, ...written }),
      links: EngineLinks.create(read),
      deployments: DeploymentRecorder.create({
        ...written,
        ...read,
        store: this.#options.deployments,
        git,
        onWritten: () => feed.notify(),
        signal: lease.signal,
      }),
      engineChanges: (since: number) =>
        engineObjects.changedSince(since, {
          configRepo: config.name,
          configRepoKeys: [key],
        }),
      connections: () => readConnections(knex),
      refreshRequested: () => store.refreshRequested(config.name),
      onWritten: () => feed.notify(),
    };
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
