import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  CommitInfo,
  Reason,
} from '@slipway/backstage-plugin-slipway-common';
import type { DeploymentRecorder } from '../deployments';
import type { ConfigRepoGit } from '../git';
import { GitError } from '../git';
import type { StoredEngineObject } from '../engineObjects';
import type { EngineLinks } from '../status/EngineLinks';
import { FileSyncResolver } from '../status/FileSyncResolver';
import { Connections } from '../status/Connections';
import { projectEnvironment } from '../status/projectEnvironment';
import type { ReadModelWriter } from '../status/ReadModelWriter';
import type { EnvironmentModel, RepoModel } from '../status/types';
import { readRepoModel } from './readRepoModel';
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
  clusters: Set<string>;
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
  #model: RepoModel | undefined;
  #status: ConfigRepoStatus;
  #lastReachedAt: string | undefined;
  #lastChanges = new Map<string, CommitInfo>();
  #connections = Connections.create([]);
  #sequence = 0;
  #refreshDone = 0;
  /** Environments whose rows may be out of date; kept until they are written. */
  #dirty: Set<string> | 'all' = new Set();
  #work: Promise<void> = Promise.resolve();
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #following: Promise<void> | undefined;

  private constructor(options: ConfigRepoWorkerOptions) {
    this.#options = options;
    this.#status = options.previous.status;
    this.#lastReachedAt = options.previous.lastReachedAt;
    this.#fileSync = FileSyncResolver.create({
      git: options.git,
      onUnknownRevision: () => {
        this.#lookAgain = true;
        this.look();
      },
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
      await this.#settle();
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
      await this.#takeSnapshot();
      await this.#settle();
      this.#refreshDone = wish;
      await this.#writeConfigRepo();
    });
  }

  async #takeSnapshot(): Promise<void> {
    const { git, links, clusters } = this.#options;
    const snapshot = git.snapshot;
    if (!snapshot || snapshot.commit === this.#model?.commit) {
      // What the last look could not tell may be told now.
      if (this.#fileSync.hasUnknown) this.#dirty = 'all';
      return;
    }
    const model = await readRepoModel({
      snapshot,
      head: toCommitInfo(await git.commitInfo(snapshot.commit)),
      readBlob: oid => git.readBlob(oid),
      clusters,
      lastGood: this.#model?.file,
    });
    links.setModel(model, snapshot);
    this.#model = model;
    this.#dirty = 'all';
    this.#learnHistory(model);
  }

  /** History adds who changed what; all else is true without it, and does not wait for it. */
  #learnHistory(model: RepoModel): void {
    const { git, signal, logger, config } = this.#options;
    const paths = model.environments.flatMap(one =>
      one.modules.map(module => module.path),
    );
    git.lastChanges(paths, { signal }).then(
      changes =>
        this.#serially(async () => {
          if (this.#model !== model) return;
          this.#lastChanges = changes;
          this.#dirty = 'all';
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
      if (this.#dirty !== 'all') {
        this.#dirty = new Set([...this.#dirty, ...touched]);
      }
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
    if (!this.#model || (dirty !== 'all' && dirty.size === 0)) return;
    const all = links.environments();
    const known = new Set(all.map(one => one.name));
    // An environment that only engine objects told of may be gone.
    const partly = dirty !== 'all' && [...dirty].every(name => known.has(name));
    const environments = partly ? all.filter(one => dirty.has(one.name)) : all;
    const records = [];
    for (const environment of environments) {
      records.push(await this.#projectOne(environment));
    }
    await writer.writeLinks(links.links());
    await writer.writeEnvironments(records, { all: !partly });
    deployments.record({ links: links.links(), environments: all });
    this.#dirty = new Set();
    onWritten();
  }

  #projectOne(environment: EnvironmentModel) {
    const { links, signal } = this.#options;
    const model = this.#model;
    return projectEnvironment({
      environment,
      stages: model?.stages ?? [],
      carriersOf: module => links.carriers(environment.name, module.name),
      carriesOnly: carrier => links.carriesOne(carrier),
      lastChangeOf: path => this.#lastChanges.get(path),
      fileSync: (module, appliedRevision) =>
        this.#fileSync.resolve({
          module,
          head: model?.commit ?? '',
          appliedRevision,
          signal,
        }),
      connections: this.#connections,
    });
  }

  async #writeConfigRepo(): Promise<void> {
    const { config, writer, onWritten } = this.#options;
    const model = this.#model;
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

function toCommitInfo(info: CommitInfo): CommitInfo {
  const { commit, authorName, at, subject } = info;
  return { commit, authorName, at, subject };
}
