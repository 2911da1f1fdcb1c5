import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import type { DeploymentRecorder } from '../deployments';
import type { ConfigRepoGit } from '../git';
import { GitError } from '../git';
import type { StoredEngineObject } from '../engineObjects';
import type { EngineLinks } from '../status/EngineLinks';
import { FileSyncResolver } from '../status/FileSyncResolver';
import { Connections } from '../status/Connections';
import type { ReadModelWriter } from '../status/ReadModelWriter';
import type { RepoModels } from './RepoModels';
import { EnvironmentProjector } from './EnvironmentProjector';
import { RepoHead } from './RepoHead';
import type {
  ConfigRepoConfig,
  ConfigRepoRecord,
  ConfigRepoStatus,
} from './types';

export interface ConfigRepoWorkerOptions {
  config: ConfigRepoConfig;
  git: ConfigRepoGit;
  links: EngineLinks;
  writer: ReadModelWriter;
  deployments: DeploymentRecorder;
  /** What engines changed since a sequence, oldest first. */
  engineChanges: (since: number) => AsyncIterable<StoredEngineObject[]>;
  connections: () => Promise<Connections>;
  /** Sequence of the last wish for a look at the remote. */
  refreshRequested: () => Promise<number>;
  /** Called after each write that pages show. */
  onWritten: () => void;
  models: RepoModels;
  /** How the config repo was when it was last worked on. */
  previous: { status: ConfigRepoStatus; lastReachedAt?: string };
  logger: LoggerService;
  now: () => Date;
  signal: AbortSignal;
}

const RETRY_MILLISECONDS = 5000;

/**
 * Keeps one config repo's part of the read model true, while this process holds its lease: looks at Git, follows the
 * engines, folds both. What touches the model runs one step at a time; waiting for Git does not hold that up.
 */
export class ConfigRepoWorker {
  readonly #options: ConfigRepoWorkerOptions;
  readonly #fileSync: FileSyncResolver;
  readonly #head: RepoHead;
  readonly #projector: EnvironmentProjector;
  #status: ConfigRepoStatus;
  #lastReachedAt: string | undefined;
  #connections = Connections.create([]);
  #sequence = 0;
  #refreshDone = 0;
  /** Environments whose rows may be out of date; kept until they are written. */
  #dirty: Set<string> | 'all' = new Set();
  #linksWritten: number | undefined;
  #work: Promise<void> = Promise.resolve();
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #following: Promise<void> | undefined;

  private constructor(options: ConfigRepoWorkerOptions) {
    this.#options = options;
    this.#status = options.previous.status;
    this.#lastReachedAt = options.previous.lastReachedAt;
    this.#head = RepoHead.create(options);
    this.#fileSync = FileSyncResolver.create({
      git: options.git,
      onUnknownRevision: () => {
        this.#lookAgain = true;
        this.look();
      },
    });
    this.#projector = EnvironmentProjector.create({
      links: options.links,
      head: this.#head,
      fileSync: this.#fileSync,
      signal: options.signal,
    });
  }

  static create(options: ConfigRepoWorkerOptions): ConfigRepoWorker {
    return new ConfigRepoWorker(options);
  }

  /** Shows what is known from before, then looks at the remote. */
  async start(): Promise<void> {
    await this.#serially(async () => {
      this.#connections = await this.#options.connections();
      await this.#takeEngineChanges();
      await this.#takeSnapshot();
      await this.#settle();
    });
    await this.look();
  }

  /** Looks at the remote until no wish for a look is left; calls while one is under way are one. */
  look(): Promise<void> {
    this.#looking ??= this.#lookWhileWished()
      .catch(error => this.#failed(error))
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }

  /** Takes over what engines and other replicas wrote; calls while one waits are one. */
  follow(): Promise<void> {
    this.#following ??= this.#serially(async () => {
      this.#following = undefined;
      if ((await this.#options.refreshRequested()) > this.#refreshDone) {
        this.look();
      }
      await this.#takeEngineChanges();
      await this.#takeConnections();
      // What was pushed from here needs no look at the remote.
      const moved = await this.#takeSnapshot();
      await this.#settle();
      if (moved) await this.#writeConfigRepo();
    });
    return this.#following;
  }

  #serially(step: () => Promise<void>): Promise<void> {
    const run = this.#work.then(async () => {
      if (!this.#options.signal.aborted) await step();
    });
    this.#work = run.catch(error => this.#failed(error));
    return this.#work;
  }

  #failed(error: unknown): void {
    const { signal, logger, config } = this.#options;
    if (signal.aborted) return;
    logger.error(
      `Config repo '${config.name}': a step failed, it will be tried again`,
      error as Error,
    );
    setTimeout(() => this.follow(), RETRY_MILLISECONDS).unref();
  }

  async #lookWhileWished(): Promise<void> {
    const { refreshRequested, signal } = this.#options;
    do {
      this.#lookAgain = false;
      await this.#lookOnce();
    } while (
      !signal.aborted &&
      // A remote that does not answer is asked again when its time comes.
      ((this.#lookAgain && this.#status.state === 'Successful') ||
        (await refreshRequested()) > this.#refreshDone)
    );
  }

  async #lookOnce(): Promise<void> {
    const { git, signal, now, logger, config } = this.#options;
    // A wish that comes while this look is under way may be for what it does not see.
    const wish = await this.#options.refreshRequested();
    const answered = this.#fileSync.beginLook();
    const problem = await git
      .refresh({ signal })
      .then(answered, error => error);
    if (signal.aborted) return;
    await this.#serially(async () => {
      if (problem) {
        logger.warn(`Config repo '${config.name}' could not be read`, problem);
        this.#status = { state: 'Failed', reason: gitReason(problem) };
      } else {
        this.#lastReachedAt = now().toISOString();
        this.#status = { state: 'Successful' };
      }
      const moved = await this.#takeSnapshot();
      // What the last look could not tell may be told now.
      if (!moved && this.#fileSync.hasUnknown) this.#touch('all');
      await this.#settle();
      this.#refreshDone = wish;
      await this.#writeConfigRepo();
    });
  }

  /** @returns whether the branch has another head */
  async #takeSnapshot(): Promise<boolean> {
    const { links } = this.#options;
    const moved = await this.#head.take();
    if (!moved) return false;
    links.setModel(moved.model, moved.snapshot);
    this.#touch(
      moved.environments === 'all'
        ? 'all'
        : [
            ...moved.environments,
            ...links.foundEnvironments(),
            ...this.#projector.uncertain,
          ],
    );
    this.#learnHistory();
    return true;
  }

  #touch(environments: Iterable<string> | 'all'): void {
    if (this.#dirty === 'all') return;
    this.#dirty =
      environments === 'all'
        ? 'all'
        : new Set([...this.#dirty, ...environments]);
  }

  /** History adds who changed what; all else is true without it, and does not wait for it. */
  #learnHistory(): void {
    const { signal, logger, config } = this.#options;
    this.#head.learnHistory().then(
      environments =>
        this.#serially(async () => {
          this.#touch(environments);
          await this.#settle();
        }),
      error => {
        if (signal.aborted) return;
        logger.warn(`History of config repo '${config.name}'`, error);
      },
    );
  }

  async #takeEngineChanges(): Promise<void> {
    const { links, deployments } = this.#options;
    let sequence = this.#sequence;
    for await (const changes of this.#options.engineChanges(this.#sequence)) {
      deployments.note(changes);
      const touched = links.apply(changes.map(withoutHistory));
      this.#touch(touched);
      sequence = changes.at(-1)?.sequence ?? sequence;
    }
    this.#sequence = sequence;
  }

  async #takeConnections(): Promise<void> {
    const before = this.#connections.fingerprint();
    this.#connections = await this.#options.connections();
    if (before !== this.#connections.fingerprint()) this.#dirty = 'all';
  }

  /** Writes what is out of date. */
  async #settle(): Promise<void> {
    const { links, writer, deployments, onWritten } = this.#options;
    const dirty = this.#dirty;
    if (!this.#head.model || (dirty !== 'all' && dirty.size === 0)) return;
    const all = links.environments();
    const known = new Set(all.map(one => one.name));
    // An environment that only engine objects told of may be gone.
    const partly = dirty !== 'all' && [...dirty].every(name => known.has(name));
    const environments = partly ? all.filter(one => dirty.has(one.name)) : all;
    const records = [];
    if (!partly) this.#projector.begin();
    for (const environment of environments) {
      records.push(
        await this.#projector.project(environment, this.#connections),
      );
    }
    if (links.version !== this.#linksWritten) {
      const { version } = links;
      await writer.writeLinks(links.links());
      this.#linksWritten = version;
    }
    await writer.writeEnvironments(records, { all: !partly });
    deployments.record({ links: links.links(), environments: all });
    this.#dirty = new Set();
    onWritten();
  }

  async #writeConfigRepo(): Promise<void> {
    const { config, writer, onWritten } = this.#options;
    const { model } = this.#head;
    const record: ConfigRepoRecord = {
      name: config.name,
      status: this.#status,
      lastReachedAt: this.#lastReachedAt,
      content: model && {
        title: model.title,
        owner: model.owner,
        stages: model.stages,
        head: model.head,
        findings: model.findings,
      },
    };
    await writer.writeConfigRepo(record, { refreshDone: this.#refreshDone });
    onWritten();
  }
}

/** It is long, and only deployments are made of it. */
function withoutHistory(change: StoredEngineObject): StoredEngineObject {
  const { history, ...object } = change.object;
  return history ? { ...change, object } : change;
}

function gitReason(error: unknown): Reason {
  return error instanceof GitError
    ? { code: error.problem, params: { detail: error.detail } }
    : {
        code: 'unknownProblem',
        params: { message: 'See the log of the portal' },
      };
}
