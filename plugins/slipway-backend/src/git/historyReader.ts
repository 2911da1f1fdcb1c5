import type { CommitInfo } from './commitParser';
import { commitsTouching, TouchingResult } from './commitsTouching';
import { CommitNotFound } from './gitError';
import { lastChanges } from './lastChanges';
import type { RepoCache } from './repoCache';

/** Questions about commits and what they changed, answered from the cache. */
export class HistoryReader {
  readonly #cache: RepoCache;

  constructor(cache: RepoCache) {
    this.#cache = cache;
  }

  async commitInfo(commit: string, signal: AbortSignal): Promise<CommitInfo> {
    return this.#cache.mending(signal, async () => {
      await this.#cache.needCommit(commit, signal);
      return this.#cache.readCommit(commit);
    });
  }

  async objectAt(
    commit: string,
    path: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    return this.#cache.mending(signal, async () => {
      await this.#cache.needCommit(commit, signal);
      const { history } = this.#cache;
      return history.entryAt(history.commit(commit).tree, path)?.oid;
    });
  }

  async commitsTouching(
    options: { path: string; applied: string; head: string },
    signal: AbortSignal,
  ): Promise<TouchingResult> {
    const { applied, head } = options;
    return this.#cache.mending(signal, async () => {
      await this.#cache.needCommit(head, signal);
      try {
        await this.#cache.needCommit(applied, signal);
      } catch (error) {
        if (error instanceof CommitNotFound) {
          return { type: 'diverged' };
        }
        throw error;
      }
      return this.#cache.withDepth(signal, () =>
        commitsTouching(this.#cache.history, options),
      );
    });
  }

  async lastChanges(
    paths: readonly string[],
    signal: AbortSignal,
  ): Promise<Map<string, CommitInfo>> {
    const head = await this.#cache.head(signal);
    return this.#cache.mending(signal, async () => {
      const found = await this.#cache.withDepth(signal, () =>
        lastChanges(this.#cache.history, head, paths),
      );
      const infos = new Map<string, CommitInfo>();
      for (const commit of new Set(found.commits.values())) {
        infos.set(commit, this.#cache.readCommit(commit));
      }
      return new Map(
        [...found.commits].map(([path, commit]) => [path, infos.get(commit)!]),
      );
    });
  }
}
