import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConfigRepoGit } from '../configRepoGit';
import type { ConfigRepoGitOptions } from '../configRepoGitOptions';
import { CommitSpec, fastImport } from './fastImport';
import { GitServer } from './gitServer';

const silent: LoggerService = {
  error: () => {},
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => silent,
};

/** A Git server with one repository, and what is opened on it, for one test. */
export class TestRepo {
  readonly server: GitServer;
  readonly directory: string;
  readonly #opened: ConfigRepoGit[] = [];

  private constructor(server: GitServer, directory: string) {
    this.server = server;
    this.directory = directory;
  }

  static async create(commits: readonly CommitSpec[] = []): Promise<TestRepo> {
    const server = await GitServer.start();
    await server.create('shop.git');
    const directory = await mkdtemp(join(tmpdir(), 'git-cache-'));
    const repo = new TestRepo(server, directory);
    if (commits.length > 0) {
      await repo.commit(...commits);
    }
    return repo;
  }

  async commit(...commits: CommitSpec[]): Promise<string> {
    await fastImport(join(this.server.root, 'shop.git'), commits);
    return this.git('rev-parse', commits.at(-1)?.ref ?? 'refs/heads/main');
  }

  git(...args: string[]): Promise<string> {
    return this.server.git('shop.git', args);
  }

  async open(
    options: Partial<ConfigRepoGitOptions> = {},
  ): Promise<ConfigRepoGit> {
    const opened = await ConfigRepoGit.open({
      url: this.server.url('shop.git'),
      branch: 'main',
      directory: this.directory,
      logger: silent,
      credentials: async () => ({ headers: {} }),
      ...options,
    });
    this.#opened.push(opened);
    return opened;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#opened.map(opened => opened.close()));
    await this.server.stop();
    await rm(this.directory, { recursive: true, force: true });
  }
}
