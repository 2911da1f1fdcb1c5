import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  CommitInfo,
  Finding,
} from '@slipway/backstage-plugin-slipway-common';
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
  /** What engines changed since a sequence, oldest first. */
  engineChanges: (since: number) => AsyncIterable<StoredEngineObject[]>;
  connections: () => Promise<Connections>;
  /** Sequence of the last wish for a look at the remote. */
  refreshRequested: () => Promise<number>;
  /** Called after each write that pages show. */
  onWritten: () => void;
  clusters: Set<string>;
  logger: LoggerService;
  now: () => Date;
  signal: AbortSignal;
}

/**
 * Keeps one config repo's part of the read model true, while this process holds its lease: looks at Git, follows the
 * engines, folds both. One step runs at a time.
 */
export class ConfigRepoWorker {
  readonly #options: ConfigRepoWorkerOptions;
  readonly #fileSync: FileSyncResolver;
  #model: RepoModel | undefined;
  #status: ConfigRepoStatus = {
    state: 'Unknown',
    reason: { code: 'neverReached', params: {} },
  };
  #lastReachedAt: string | undefined;
  #lastChanges = new Map<string, CommitInfo>();
  #connections = Connections.create([]);
  #sequence = 0;
  #refreshDone = 0;
  #work: Promise<void> = Promise.resolve();
  #following: Promise<void> | undefined;

  private constructor(options: ConfigRepoWorkerOptions) {
    this.#options = options;
    this.#fileSync = FileSyncResolver.create(options.git);
  }

  static create(options: ConfigRepoWorkerOptions): ConfigRepoWorker {
    return new ConfigRepoWorker(options);
  }

  /** Shows what is known from before, then looks at the remote. */
  async start(): Promise<void> {
    await this.#serially(async () => {
      this.#connections = await this.#options.connections();
      await this.#takeEngineChanges();
      if (this.#options.git.snapshot) await this.#takeSnapshot();
    });
    await this.look();
  }

  /** Looks at the remote now. */
  look(): Promise<void> {
    return this.#serially(() => this.#look());
  }

  /** Takes over what engines and other replicas wrote; calls while one waits are one. */
  follow(): Promise<void> {
    this.#following ??= this.#serially(async () => {
      this.#following = undefined;
      const requested = await this.#options.refreshRequested();
      if (requested > this.#refreshDone) await this.#look();
      const touched = await this.#takeEngineChanges();
      const reconnected = await this.#takeConnections();
      if (!this.#model) return;
      if (reconnected) await this.#project();
      else if (touched.size) await this.#project(touched);
    });
    return this.#following;
  }

  #serially(step: () => Promise<void>): Promise<void> {
    const { signal, logger, config } = this.#options;
    const run = this.#work.then(async () => {
      if (signal.aborted) return;
      await step();
    });
    this.#work = run.catch(error => {
      if (!signal.aborted) {
        logger.error(`Config repo '${config.name}': a step failed`, error);
      }
    });
    return this.#work;
  }

  async #look(): Promise<void> {
    const { git, signal, now, logger, config } = this.#options;
    // A wish that comes while this look is under way may be for what it does not see.
    const requested = await this.#options.refreshRequested();
    try {
      const { changed } = await git.refresh({ signal });
      this.#lastReachedAt = now().toISOString();
      this.#status = { state: 'Successful' };
      if (changed || this.#model?.commit !== git.snapshot?.commit) {
        await this.#takeSnapshot();
      }
    } catch (error) {
      if (signal.aborted) throw error;
      logger.warn(
        `Config repo '${config.name}' could not be read`,
        error as Error,
      );
      this.#status = { state: 'Failed', reason: gitReason(error) };
    }
    this.#refreshDone = requested;
    await this.#writeConfigRepo();
  }

  async #takeSnapshot(): Promise<void> {
    const { git, links, clusters, signal, logger, config } = this.#options;
    const snapshot = git.snapshot;
    if (!snapshot) return;
    this.#model = await readRepoModel({
      snapshot,
      head: toCommitInfo(await git.commitInfo(snapshot.commit)),
      readBlob: oid => git.readBlob(oid),
      clusters,
    });
    links.setModel(this.#model, snapshot);
    await this.#project();
    await this.#writeConfigRepo();
    try {
      this.#lastChanges = await git.lastChanges(
        links.environments().flatMap(one => one.modules.map(m => m.path)),
        { signal },
      );
      await this.#project();
    } catch (error) {
      if (signal.aborted) throw error;
      // History adds who changed what; all else is true without it.
      logger.warn(`History of config repo '${config.name}'`, error as Error);
    }
  }

  async #takeEngineChanges(): Promise<Set<string>> {
    const touched = new Set<string>();
    for await (const changes of this.#options.engineChanges(this.#sequence)) {
      for (const name of this.#options.links.apply(changes)) touched.add(name);
      this.#sequence = changes.at(-1)?.sequence ?? this.#sequence;
    }
    return touched;
  }

  async #takeConnections(): Promise<boolean> {
    const before = this.#connections.fingerprint();
    this.#connections = await this.#options.connections();
    return before !== this.#connections.fingerprint();
  }

  async #project(only?: Set<string>): Promise<void> {
    const { links, writer, onWritten } = this.#options;
    const all = links.environments();
    const known = new Set(all.map(one => one.name));
    // An environment that only engine objects told of may be gone.
    const partly = only && [...only].every(name => known.has(name));
    const environments = partly ? all.filter(one => only.has(one.name)) : all;
    const records = [];
    for (const environment of environments) {
      records.push(await this.#projectOne(environment));
    }
    await writer.writeLinks(links.links());
    if (await writer.writeEnvironments(records, { all: !partly })) onWritten();
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
      title: model?.title,
      owner: model?.owner,
      stages: model?.stages ?? [],
      status: this.#status,
      lastReachedAt: this.#lastReachedAt,
      head: model?.head,
      findings: model?.findings ?? ([] satisfies Finding[]),
    };
    await writer.writeConfigRepo(record, { refreshDone: this.#refreshDone });
    onWritten();
  }
}

function gitReason(error: unknown) {
  return error instanceof GitError
    ? { code: error.problem, params: { detail: error.detail } }
    : { code: 'corrupt', params: { detail: String(error) } };
}

function toCommitInfo(info: CommitInfo): CommitInfo {
  const { commit, authorName, at, subject } = info;
  return { commit, authorName, at, subject };
}
