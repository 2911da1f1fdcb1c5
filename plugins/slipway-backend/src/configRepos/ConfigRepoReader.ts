import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { ConfigRepoGit, Snapshot } from '../git';
import type { RepoModel } from '../status/types';
import type { OpenConfigRepos } from './OpenConfigRepos';
import type { RepoModels } from './RepoModels';
import { KustomizationReader } from './shared/KustomizationReader';
import { SharedPaths } from './SharedPaths';
import type { ConfigRepoConfig } from './types';

export interface ConfigRepoReaderOptions {
  configRepos: ConfigRepoConfig[];
  open: OpenConfigRepos;
  /** The branch head as the read model has it. */
  readHead: (configRepo: string) => Promise<string | undefined>;
  models: RepoModels;
  logger: LoggerService;
}

/** The tree of a config repo at one commit. */
export interface ConfigRepoHead {
  git: ConfigRepoGit;
  snapshot: Snapshot;
  /** What Git says of its environments and modules at `snapshot`. */
  model: RepoModel;
}

/** A config repo at one commit, with what its Kustomizations say. */
export interface CurrentConfigRepo extends ConfigRepoHead {
  /** What modules build on, and what becomes values of Secrets, at `snapshot`. */
  shared: SharedPaths;
  /**
   * The same of another tree: an older commit, or a planned change.
   *
   * @param options - `newBlobs`: contents by id that only the planned change has
   */
  sharedAt(
    tree: Snapshot,
    options?: { signal?: AbortSignal; newBlobs?: ReadonlyMap<string, Buffer> },
  ): Promise<SharedPaths>;
}

interface Reading {
  /** The read model's head for which the remote was last asked. */
  askedFor?: string;
  kustomizations?: { git: ConfigRepoGit; reader: KustomizationReader };
  shared?: { model: RepoModel; paths: SharedPaths };
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
    const head = await this.head(name, signal);
    const { git, snapshot, model } = head;
    const reading = this.#reading(name);
    if (reading.kustomizations?.git !== git) {
      reading.kustomizations = { git, reader: new KustomizationReader(git) };
    }
    const { reader } = reading.kustomizations;
    const sharedAt: CurrentConfigRepo['sharedAt'] = async (tree, options) =>
      new SharedPaths(await reader.graphOf(tree, options), model.layout);
    const known = reading.shared;
    if (known?.model === model) {
      return { ...head, shared: known.paths, sharedAt };
    }
    const shared = await sharedAt(snapshot, { signal });
    reading.shared = { model, paths: shared };
    return { ...head, shared, sharedAt };
  }

  /** As `current`, without waiting for what Kustomizations say. Throws as that does. */
  async head(name: string, signal?: AbortSignal): Promise<ConfigRepoHead> {
    const git = await this.git(name);
    const snapshot = await this.#snapshot(name, git, signal);
    const model = await this.#options.models.at(git, snapshot);
    return { git, snapshot, model };
  }

  /**
   * The one object cache of the config repo that this process has.
   *
   * @throws NotFoundError when no config repo of that name is configured.
   */
  async git(name: string): Promise<ConfigRepoGit> {
    const config = this.#options.configRepos.find(one => one.name === name);
    if (!config) {
      throw new NotFoundError(
        `There is no config repo '${name}', or you may not read it`,
      );
    }
    return this.#options.open.open(config);
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
    if (
      known &&
      (head === known.commit ||
        head === reading.askedFor ||
        // What was pushed from here is ahead of the read model.
        (head !== undefined && git.isLinearSince(head)))
    ) {
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

  #reading(name: string): Reading {
    const reading = this.#readings.get(name) ?? {};
    this.#readings.set(name, reading);
    return reading;
  }
}
