import path from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConfigRepoGit } from '../git';
import type { GitCredentialsProvider } from './credentials';
import type { ConfigRepoConfig } from './types';

export interface OpenConfigReposOptions {
  credentials: GitCredentialsProvider;
  /** Folder for the object caches. */
  directory: string;
  logger: LoggerService;
}

/** The one object cache that this process has of each config repo, opened when first asked for. */
export class OpenConfigRepos {
  readonly #options: OpenConfigReposOptions;
  readonly #opened = new Map<string, Promise<ConfigRepoGit>>();

  private constructor(options: OpenConfigReposOptions) {
    this.#options = options;
  }

  static create(options: OpenConfigReposOptions): OpenConfigRepos {
    return new OpenConfigRepos(options);
  }

  open(config: ConfigRepoConfig): Promise<ConfigRepoGit> {
    const { credentials, directory, logger } = this.#options;
    const known = this.#opened.get(config.name);
    if (known) return known;
    const opening = ConfigRepoGit.open({
      url: config.url,
      branch: config.branch,
      directory: path.join(directory, `${config.name}.git`),
      credentials: () => credentials(config.url),
      logger,
    });
    this.#opened.set(config.name, opening);
    // What failed once, such as a full disk, may go well the next time.
    opening.catch(() => this.#opened.delete(config.name));
    return opening;
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#opened.values());
    this.#opened.clear();
    await Promise.all(
      opened.map(one =>
        one.status === 'fulfilled' ? one.value.close() : undefined,
      ),
    );
  }
}
