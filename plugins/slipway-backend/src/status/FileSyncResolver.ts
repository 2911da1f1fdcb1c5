import type { ModuleStateFileSync } from '@slipway/backstage-plugin-slipway-common';
import type { ConfigRepoGit } from '../git';
import type { ModuleModel } from './types';

const CACHE_SIZE = 50_000;

/**
 * Compares a module's own object id at the branch head with the one at the applied revision, so that commits
 * which do not touch the module never make it look stale. Answers are kept: they hold for good for a pair of commits.
 */
export class FileSyncResolver {
  readonly #git: Pick<ConfigRepoGit, 'objectAt' | 'commitsTouching'>;
  readonly #cache = new Map<string, Promise<ModuleStateFileSync>>();

  private constructor(
    git: Pick<ConfigRepoGit, 'objectAt' | 'commitsTouching'>,
  ) {
    this.#git = git;
  }

  static create(
    git: Pick<ConfigRepoGit, 'objectAt' | 'commitsTouching'>,
  ): FileSyncResolver {
    return new FileSyncResolver(git);
  }

  async resolve(options: {
    module: ModuleModel;
    head: string;
    appliedRevision: string | undefined;
    signal: AbortSignal;
  }): Promise<ModuleStateFileSync> {
    const { module, head, appliedRevision, signal } = options;
    if (!appliedRevision) {
      return {
        state: 'NotDeployed',
        reason: { code: 'neverApplied', params: {} },
      };
    }
    if (appliedRevision === head) return { state: 'Current' };

    const key = `${head} ${appliedRevision} ${module.path}`;
    const known = this.#cache.get(key);
    if (known) return known;
    if (this.#cache.size >= CACHE_SIZE) this.#cache.clear();
    const answer = this.#compare(module, head, appliedRevision, signal);
    this.#cache.set(key, answer);
    // What could not be told now may be told next time.
    answer.then(
      fileSync => fileSync.state === 'Unknown' && this.#cache.delete(key),
      () => this.#cache.delete(key),
    );
    return answer;
  }

  async #compare(
    module: ModuleModel,
    head: string,
    applied: string,
    signal: AbortSignal,
  ): Promise<ModuleStateFileSync> {
    try {
      const appliedObject = await this.#git.objectAt(applied, module.path, {
        signal,
      });
      if (appliedObject === module.objectId) return { state: 'Current' };
      const touching = await this.#git.commitsTouching({
        path: module.path,
        applied,
        head,
        signal,
      });
      return touching.type === 'diverged'
        ? { state: 'Diverged' }
        : { state: 'Behind', commits: touching.commits };
    } catch (error) {
      if (signal.aborted) throw error;
      return {
        state: 'Unknown',
        reason: {
          code: 'revisionUnknown',
          params: { revision: applied, message: String(error) },
        },
      };
    }
  }
}
