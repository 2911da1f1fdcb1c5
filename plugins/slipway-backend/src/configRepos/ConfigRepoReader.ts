import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { ConfigRepoGit, Snapshot } from '../git';
import type { RepoModel } from '../status/types';
import type { OpenConfigRepos } from './OpenConfigRepos';
import { readRepoModel } from './readRepoModel';
import type { ConfigRepoConfig } from './types';

export interface ConfigRepoReaderOptions {
  configRepos: ConfigRepoConfig[];
  open: OpenConfigRepos;
  /** The branch head as the read model has it. */
  readHead: (configRepo: string) => Promise<string | undefined>;
  /** Names of the configured clusters. */
  clusters: Set<string>;
  logger: LoggerService;
}

/** A config repo at one commit. */
export interface CurrentConfigRepo {
  git: ConfigRepoGit;
  snapshot: Snapshot;
  /** What Git says of its environments and modules at `snapshot`. */
  model: RepoModel;
}

interface Reading {
  /** The read model's head for which the remote was last asked. */
  askedFor?: string;
  model?: RepoModel;
}

/**
 * Lets every replica read config repos, whoever holds their lease. The replica that holds it is ahead of the read model;
 * the others fetch when the read model tells of a commit that they do not have.
 */
export class ConfigRepoReader {
  readonly #options: ConfigRepoReaderOptions;
  readonly #readings = new Map<string, Reading>();

  private constructor(options: ConfigRepoReaderOptions) {
    this.#options = options;
  }

  static create(options: ConfigRepoReaderOptions): ConfigRepoReader {
    return new ConfigRepoReader(options);
  }

  /**
   * The config repo, at least as new as the read model says that its head is.
   *
   * @throws NotFoundError when no config repo of that name is configured.
   * @throws ServiceUnavailableError when it was never read and cannot be read now.
   */
  async current(
    name: string,
    signal?: AbortSignal,
  ): Promise<CurrentConfigRepo> {
    const config = this.#options.configRepos.find(one => one.name === name);
    if (!config) {
      throw new NotFoundError(
        `There is no config repo '${name}', or you may not read it`,
      );
    }
    const git = await this.#options.open.open(config);
    const snapshot = await this.#snapshot(name, git, signal);
    return { git, snapshot, model: await this.#model(name, git, snapshot) };
  }

  async #snapshot(
    name: string,
    git: ConfigRepoGit,
    signal: AbortSignal | undefined,
  ): Promise<Snapshot> {
    const { readHead, logger } = this.#options;
    const reading = this.#reading(name);
    const head = await readHead(name);
    const known = git.snapshot;
    if (known && (head === known.commit || head === reading.askedFor)) {
      return known;
    }
    try {
      const { snapshot } = await git.refresh({ signal });
      reading.askedFor = head;
      return snapshot;
    } catch (error) {
      signal?.throwIfAborted();
      // What was read before is still true of its commit.
      if (known) {
        logger.warn(`Config repo '${name}' could not be read`, error as Error);
        return known;
      }
      throw new ServiceUnavailableError(
        `Config repo '${name}' cannot be read now; see its page for the reason, and try again`,
        error,
      );
    }
  }

  async #model(
    name: string,
    git: ConfigRepoGit,
    snapshot: Snapshot,
  ): Promise<RepoModel> {
    const reading = this.#reading(name);
    if (reading.model?.commit === snapshot.commit) return reading.model;
    const model = await readRepoModel({
      snapshot,
      head: await git.commitInfo(snapshot.commit),
      readBlob: oid => git.readBlob(oid),
      clusters: this.#options.clusters,
      lastGood: reading.model?.file,
    });
    reading.model = model;
    return model;
  }

  #reading(name: string): Reading {
    const reading = this.#readings.get(name) ?? {};
    this.#readings.set(name, reading);
    return reading;
  }
}
