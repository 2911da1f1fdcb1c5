import type {
  CommitInfo,
  Deployment,
  DeploymentPage,
} from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import { changesOfCommits } from '../changes/read/changesOfCommits';
import type { ConfigRepoReader } from '../configRepos/ConfigRepoReader';
import { toCommitInfo } from '../files/commits';
import type { DatabaseDeploymentStore } from './DatabaseDeploymentStore';
import type { ModuleName, StoredDeployment } from './types';

/** Commits come from the cache; the few that are not there must not hold up the page. */
const COMMITS_WITHIN_MILLISECONDS = 2000;

export interface DeploymentReaderOptions {
  knex: Knex;
  store: DatabaseDeploymentStore;
  reader: Pick<ConfigRepoReader, 'git'>;
}

/** Deployments as people see them: with their commit, and the change that brought them. */
export class DeploymentReader {
  readonly #options: DeploymentReaderOptions;

  private constructor(options: DeploymentReaderOptions) {
    this.#options = options;
  }

  static create(options: DeploymentReaderOptions): DeploymentReader {
    return new DeploymentReader(options);
  }

  /** A page of what landed in a module, newest first. */
  async list(options: {
    configRepo: string;
    module: ModuleName;
    cursor?: string;
    limit: number;
  }): Promise<Omit<DeploymentPage, 'sequence'>> {
    const { configRepo } = options;
    const page = await this.#options.store.list(options);
    const [changes, commits] = await Promise.all([
      changesOfCommits(
        this.#options.knex,
        configRepo,
        page.items.flatMap(({ revision, moduleCommit }) =>
          [revision, moduleCommit].flatMap(commit => commit ?? []),
        ),
      ),
      this.#commits(configRepo, page.items),
    ]);
    const items = page.items.map((item): Deployment => {
      const { revision = '', moduleCommit = '' } = item;
      return {
        id: item.id,
        cluster: item.cluster,
        namespace: item.namespace,
        engineObject: item.engineObject,
        phase: item.phase,
        startedAt: item.startedAt,
        finishedAt: item.finishedAt,
        message: item.message,
        revision: item.revision,
        commit: commits.get(revision),
        change: changes.get(moduleCommit) ?? changes.get(revision),
        initiatedBy: item.initiatedBy,
        images: item.images,
      };
    });
    return { items, nextCursor: page.nextCursor };
  }

  async #commits(
    configRepo: string,
    items: readonly StoredDeployment[],
  ): Promise<Map<string, CommitInfo>> {
    const git = await this.#options.reader.git(configRepo);
    const signal = AbortSignal.timeout(COMMITS_WITHIN_MILLISECONDS);
    const found = new Map<string, CommitInfo>();
    for (const { revision } of items) {
      if (revision === undefined || found.has(revision)) continue;
      if (!/^[0-9a-f]{40}$/.test(revision)) continue;
      try {
        const info = await git.commitInfo(revision, { signal });
        found.set(revision, toCommitInfo(info));
      } catch {
        // Not in the repository any more, or out of reach: its id is shown alone.
        if (signal.aborted) break;
      }
    }
    return found;
  }
}
