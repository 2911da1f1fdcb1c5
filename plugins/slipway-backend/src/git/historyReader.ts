import { commitsBetween, reaches } from './ancestry';
import type { CommitInfo } from './commitParser';
import { commitsTouching, TouchingResult } from './commitsTouching';
import type { GitCallOptions } from './configRepoGitOptions';
import { CommitNotFound } from './gitError';
import { lastChanges } from './lastChanges';
import { pathHistory } from './pathHistory';
import type { RepoCache } from './repoCache';
import type { Snapshot } from './snapshot';

/** Snapshots of older commits that are kept. */
const KEPT_SNAPSHOTS = 8;

/** Commits back from the head that are looked at without the network. */
const MOST_STEPS = 1000;

export interface PathHistoryOptions extends GitCallOptions {
  /** A file or a directory; `''` is everything. */
  path: string;
  /** Where to begin; the branch's head by default. */
  from?: string;
  /** The last commit of the page before. */
  after?: string;
  limit: number;
}

export interface PathHistoryPage {
  /** The youngest first, as `git log` has them. */
  commits: CommitInfo[];
  /** Whether there is another page. */
  more: boolean;
}

/** Questions about commits and what they changed, answered from the cache. */
export class HistoryReader {
  readonly #cache: RepoCache;
  readonly #snapshots = new Map<string, Snapshot>();

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
        lastChanges(this.#cache.history, head, paths, signal),
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

  async inHistory(commit: string, signal: AbortSignal): Promise<boolean> {
    const head = await this.#cache.head(signal);
    return this.#cache.mending(signal, async () => {
      try {
        await this.#cache.needCommit(commit, signal);
      } catch (error) {
        if (error instanceof CommitNotFound) {
          return false;
        }
        throw error;
      }
      const { history } = this.#cache;
      const answer = await this.#cache.withDepth(signal, () => ({
        type: reaches(history, head, commit),
      }));
      return answer.type === 'yes';
    });
  }

  isLinearSince(commit: string): boolean {
    const head = this.#cache.snapshot?.commit;
    const { history } = this.#cache;
    let node = head === undefined ? undefined : history.find(head);
    for (let steps = 0; node && steps <= MOST_STEPS; steps += 1) {
      if (node.oid === commit) return true;
      if (node.parents.length !== 1 || history.isShallow(node)) return false;
      node = history.find(node.parents[0]);
    }
    return false;
  }

  async snapshotAt(commit: string, signal: AbortSignal): Promise<Snapshot> {
    const kept = this.#snapshots.get(commit);
    if (kept) {
      return kept;
    }
    const snapshot = await this.#cache.mending(signal, async () => {
      await this.#cache.needCommit(commit, signal);
      return this.#cache.snapshotOf(commit);
    });
    this.#snapshots.set(commit, snapshot);
    const [oldest] = this.#snapshots.keys();
    if (this.#snapshots.size > KEPT_SNAPSHOTS) {
      this.#snapshots.delete(oldest);
    }
    return snapshot;
  }

  async commitsBetween(
    from: string,
    to: string,
    limit: number,
    signal: AbortSignal,
  ): Promise<CommitInfo[]> {
    return this.#cache.mending(signal, async () => {
      await this.#cache.needCommit(to, signal);
      await this.#cache.needCommit(from, signal);
      const { commits } = await this.#cache.withDepth(signal, () =>
        commitsBetween(this.#cache.history, from, to),
      );
      return commits.slice(0, limit).map(oid => this.#cache.readCommit(oid));
    });
  }

  async pathHistory(
    options: Omit<PathHistoryOptions, 'signal'>,
    signal: AbortSignal,
  ): Promise<PathHistoryPage> {
    const from = options.from ?? (await this.#cache.head(signal));
    return this.#cache.mending(signal, async () => {
      await this.#cache.needCommit(from, signal);
      const { commits, more } = await this.#cache.withDepth(signal, () =>
        pathHistory(this.#cache.history, { ...options, from, signal }),
      );
      return { commits: commits.map(oid => this.#cache.readCommit(oid)), more };
    });
  }
}
