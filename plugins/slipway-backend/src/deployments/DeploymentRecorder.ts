import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EngineSource } from '@slipway/backstage-plugin-slipway-node';
import type { Knex } from 'knex';
import { chunks } from '../database/chunks';
import { isRowRefused } from '../database/isRowRefused';
import { RefusedRows } from '../database/RefusedRows';
import type { StoredEngineObject } from '../engineObjects';
import type { ConfigRepoGit } from '../git';
import type { ModuleKey } from '../status/linking';
import type { EnvironmentModel, SeenEngineObject } from '../status/types';
import { compareDeployments } from './compareDeployments';
import type { DatabaseDeploymentStore } from './DatabaseDeploymentStore';
import { operationsOf } from './operationsOf';
import { targetOf } from './targetOf';
import type {
  CarriedModule,
  CarryingEngineObject,
  DeployOperation,
  NewDeployment,
  StoredDeployment,
} from './types';

const HOUR = 3_600_000;
const KEPT_FOR = 365 * 24 * HOUR;
const KEPT_COUNT = 1000;
const RETRY_MILLISECONDS = 5000;

export interface DeploymentRecorderOptions {
  configRepo: string;
  store: DatabaseDeploymentStore;
  git: Pick<ConfigRepoGit, 'objectAt' | 'pathHistory'>;
  /** Throws when this process no longer may write for the config repo. */
  assertFence: (tx: Knex.Transaction) => Promise<void>;
  isThisRepo: (source: EngineSource) => boolean;
  resolveCluster: (object: SeenEngineObject) => string | undefined;
  /** Called after each write that pages show. */
  onWritten: () => void;
  logger: LoggerService;
  now: () => Date;
  signal: AbortSignal;
}

/** What carries what, at one moment. */
export interface Carriage {
  links: ReadonlyMap<string, ModuleKey[]>;
  environments: readonly EnvironmentModel[];
}

/**
 * Records the operations of engine objects as deployments of the modules of one config repo, while this process holds its lease.
 *
 * What engine objects say is noted as it comes and written beside the projection, which does not wait for it. An operation is known
 * by its engine object and its start, so it does not matter how often it is told of, nor by whom.
 */
export class DeploymentRecorder {
  readonly #options: DeploymentRecorderOptions;
  readonly #noted = new Map<string, StoredEngineObject>();
  readonly #refused: RefusedRows;
  #work: Promise<void> = Promise.resolve();
  #cleanedAt = 0;

  private constructor(options: DeploymentRecorderOptions) {
    this.#options = options;
    this.#refused = RefusedRows.create(options);
  }

  static create(options: DeploymentRecorderOptions): DeploymentRecorder {
    return new DeploymentRecorder(options);
  }

  /** Keeps what engine objects say until it is recorded. */
  note(changes: readonly StoredEngineObject[]): void {
    for (const change of changes) {
      const told = operationsOf(change.object).length > 0;
      if (told || this.#noted.has(change.id)) {
        this.#noted.set(change.id, change);
      }
    }
  }

  /** Records what was noted; does not wait. */
  record({ links, environments }: Carriage): void {
    if (this.#noted.size === 0) return;
    const byName = new Map(environments.map(one => [one.name, one]));
    const carrying = [...this.#noted.values()].map(
      ({ id, object, removed }) => ({
        id,
        object,
        removed,
        modules: this.#modulesOf(object, links.get(id) ?? [], byName),
      }),
    );
    this.#noted.clear();
    this.#work = this.#work.then(() => this.#recordAll(carrying));
  }

  /** Resolves when all that was noted before is recorded. */
  async idle(): Promise<void> {
    await this.#work;
  }

  #modulesOf(
    object: SeenEngineObject,
    keys: readonly ModuleKey[],
    environments: ReadonlyMap<string, EnvironmentModel>,
  ): CarriedModule[] {
    const cluster = this.#options.resolveCluster(object);
    return [...new Set(keys)].flatMap(key => {
      const slash = key.indexOf('/');
      const environment = environments.get(key.slice(0, slash));
      const name = key.slice(slash + 1);
      const module = environment?.modules.find(one => one.name === name);
      if (!environment || !module) return [];
      const target = targetOf({ object, cluster }, environment.targets);
      const { path } = module;
      return [{ environment: environment.name, module: name, path, target }];
    });
  }

  async #recordAll(carrying: CarryingEngineObject[]): Promise<void> {
    for (const some of chunks(carrying)) await this.#recordInTheEnd(some);
  }

  /** Tries again while the database is away; what it does not take by itself is left out, and holds up no other. */
  async #recordInTheEnd(carrying: CarryingEngineObject[]): Promise<void> {
    const { signal, logger, configRepo } = this.#options;
    while (!signal.aborted) {
      try {
        await this.#recordSome(carrying);
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (isRowRefused(error)) {
          await this.#recordWhatGoes(carrying, error);
          return;
        }
        logger.warn(
          `Deployments of config repo '${configRepo}' could not be recorded; trying again`,
          error as Error,
        );
        await sleep(RETRY_MILLISECONDS, undefined, { signal }).catch(
          () => undefined,
        );
      }
    }
  }

  async #recordWhatGoes(
    carrying: CarryingEngineObject[],
    error: unknown,
  ): Promise<void> {
    const { configRepo } = this.#options;
    if (carrying.length > 1) {
      for (const one of carrying) await this.#recordInTheEnd([one]);
    } else {
      const [{ id }] = carrying;
      const row = `What '${id}' did in config repo '${configRepo}'`;
      this.#refused.tell(row, error);
    }
  }

  async #recordSome(carrying: CarryingEngineObject[]): Promise<void> {
    const { configRepo, store, assertFence, onWritten } = this.#options;
    const starts = carrying.flatMap(({ object }) =>
      operationsOf(object).map(({ startedAt }) => startedAt),
    );
    const since = starts.reduce((a, b) => (a < b ? a : b), '9');
    const ids = carrying.map(({ id }) => id);
    const known = await store.ofEngineObjects(configRepo, ids, since);
    const added: NewDeployment[] = [];
    const updated: StoredDeployment[] = [];
    for (const one of carrying) {
      const found = await this.#compare(one, known.get(one.id) ?? []);
      added.push(...found.added);
      updated.push(...found.updated);
    }
    if (added.length + updated.length === 0) return;
    await store.write({ configRepo, added, updated, assertFence });
    onWritten();
    await this.#clean(added.filter(one => known.has(one.engineObjectId)));
  }

  #compare(
    carrying: CarryingEngineObject,
    known: readonly StoredDeployment[],
  ): ReturnType<typeof compareDeployments> {
    const { configRepo, store, isThisRepo, now } = this.#options;
    return compareDeployments({
      carrying,
      known,
      isThisRepo,
      notBefore: new Date(now().getTime() - KEPT_FOR).toISOString(),
      revisionBefore: startedAt =>
        store.revisionBefore(configRepo, carrying.id, startedAt),
      objectAt: (revision, path) => this.#objectAt(revision, path),
      lastChange: (operation, revision, path) =>
        this.#lastChange(operation, revision, path),
    });
  }

  /** What Git cannot tell counts as content of its own: rather one deployment too many than one that is missing. */
  async #objectAt(revision: string, path: string): Promise<string | undefined> {
    const { git, signal } = this.#options;
    try {
      return await git.objectAt(revision, path, { signal });
    } catch {
      signal.throwIfAborted();
      return `unknown at ${revision}`;
    }
  }

  /** Of what happened long ago, nobody asks by which change it came; at the first start there is very much of it. */
  async #lastChange(
    { startedAt }: DeployOperation,
    revision: string,
    path: string,
  ): Promise<string | undefined> {
    const { git, now, signal } = this.#options;
    if (now().getTime() - Date.parse(startedAt) > HOUR) return undefined;
    try {
      const { commits } = await git.pathHistory({
        path,
        from: revision,
        limit: 1,
        signal,
      });
      return commits.at(0)?.commit;
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  }

  async #clean(added: readonly NewDeployment[]): Promise<void> {
    const { configRepo, store, now } = this.#options;
    const targets = new Map(
      added.map(({ environment, module, cluster, namespace }) => {
        const target = { environment, module, cluster, namespace };
        return [JSON.stringify(target), target];
      }),
    );
    for (const target of targets.values()) {
      await store.keepNewest(configRepo, target, KEPT_COUNT);
    }
    const time = now().getTime();
    if (time - this.#cleanedAt < HOUR) return;
    this.#cleanedAt = time;
    const before = new Date(time - KEPT_FOR).toISOString();
    await store.removeOlder(configRepo, before);
  }
}
