import { NotFoundError } from '@backstage/errors';
import { NotOurRef } from './advertisement';
import { CommitInfo, parseCommit } from './commitParser';
import type {
  ConfigRepoGitOptions,
  RefreshResult,
} from './configRepoGitOptions';
import type { EncodedPack } from './encodePack';
import { CommitNotFound, GitError, isCorrupt } from './gitError';
import type { History, NeedsDepth } from './history';
import type { LocalRepository } from './localRepository';
import { checkObjectId } from './objectId';
import { openLocal } from './openLocal';
import { RemoteFetcher } from './remoteFetcher';
import { SharedCall, Turns } from './sharedCall';
import type { SmartHttp } from './smartHttp';
import type { TreeSnapshot } from './snapshot';

const DEFAULT_PACK_BYTES = 1024 ** 3;
/** Objects that one fetch asks for by their id. */
const MOST_WANTS = 500;

/**
 * The cache on disk with the remote behind it: brings what a question needs,
 * one fetch at a time, and mends the cache when it turns out damaged.
 */
export class RepoCache {
  readonly #options: ConfigRepoGitOptions;
  readonly #local: LocalRepository;
  readonly #remote: RemoteFetcher;
  readonly #turns = new Turns();
  readonly #refreshing = new SharedCall<RefreshResult>();
  readonly #absent = new Set<string>();
  #snapshot: TreeSnapshot | undefined;
  #damaged = false;
  /** How many pushes were kept, so that a look from before one is noticed. */
  #pushes = 0;

  private constructor(
    options: ConfigRepoGitOptions,
    http: SmartHttp,
    local: LocalRepository,
    snapshot: TreeSnapshot | undefined,
  ) {
    this.#options = options;
    this.#local = local;
    this.#snapshot = snapshot;
    const maxBytes = options.maxPackBytes ?? DEFAULT_PACK_BYTES;
    this.#remote = new RemoteFetcher(local, http, maxBytes);
  }

  /** Reads what is on disk, without the network. */
  static async open(
    options: ConfigRepoGitOptions,
    http: SmartHttp,
  ): Promise<RepoCache> {
    const { local, snapshot } = await openLocal(options);
    return new RepoCache(options, http, local, snapshot);
  }

  get snapshot(): TreeSnapshot | undefined {
    return this.#snapshot;
  }

  get history(): History {
    return this.#local.history;
  }

  /** Brings the branch's head; calls at the same time share one look. */
  async refresh(signal: AbortSignal): Promise<RefreshResult> {
    return this.#refreshing.run(signal, shared => this.#refreshNow(shared));
  }

  /** Where the remote's branch is now; changes nothing here. */
  async look(signal: AbortSignal): Promise<string> {
    return this.#remote.branchHead(this.#options.branch, signal);
  }

  /**
   * Keeps what was pushed, and goes there unless a look has seen the branch
   * elsewhere meanwhile.
   */
  async keepPushed(
    push: { from: string; to: string },
    pack: EncodedPack,
  ): Promise<void> {
    await this.#turns.take(async () => {
      this.#pushes += 1;
      this.#absent.delete(push.to);
      try {
        await this.#keep(push, pack);
      } catch (error) {
        // It is pushed all the same; the next look fetches it.
        this.#options.logger.warn(
          `Git cache of ${this.#options.url} did not keep a push: ${error}`,
        );
      }
    });
  }

  /** The head as of the last refresh, or of a first one. */
  async head(signal: AbortSignal): Promise<string> {
    return (this.#snapshot ?? (await this.refresh(signal)).snapshot).commit;
  }

  /** Throws NotFoundError when neither cache nor remote have the blob. */
  async readBlob(
    oid: string,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<Buffer> {
    const read = () => this.#local.store.read(oid, maxBytes);
    const object =
      read() ??
      (await this.#turns.take(async () => {
        const found = read();
        if (found || !(await this.#remote.fetchObjects([oid], signal))) {
          return found;
        }
        return read();
      }));
    if (object?.type !== 'blob') {
      throw new NotFoundError(`No file content ${oid} in the repository`);
    }
    return object.data;
  }

  /** Brings blobs, as far as the remote has them, many at a time. */
  async prefetch(oids: readonly string[], signal: AbortSignal): Promise<void> {
    for (let at = 0; at < oids.length; at += MOST_WANTS) {
      await this.#turns.take(async () => {
        const missing = oids
          .slice(at, at + MOST_WANTS)
          .filter(oid => !this.#local.store.has(oid));
        if (missing.length > 0) {
          await this.#remote.fetchObjects(missing, signal);
        }
      });
    }
  }

  /** The tree of a commit that is here. */
  snapshotOf(commit: string): TreeSnapshot {
    return this.#local.snapshotOf(commit);
  }

  /** A commit that is here. */
  readCommit(commit: string): CommitInfo {
    const object = this.#local.store.read(commit);
    if (object?.type !== 'commit') {
      throw new GitError('corrupt', `commit ${commit} is missing on disk`);
    }
    return parseCommit(commit, object.data);
  }

  /** Brings a commit; throws CommitNotFound when the remote does not have it. */
  async needCommit(commit: string, signal: AbortSignal): Promise<void> {
    checkObjectId(commit);
    if (this.#local.history.find(commit)) {
      return;
    }
    if (this.#absent.has(commit)) {
      throw new CommitNotFound(commit);
    }
    await this.#turns.take(async () => {
      try {
        if (!this.#local.store.has(commit)) {
          await this.#remote.fetchCommit(commit, signal);
        }
        if (!this.#local.history.find(commit)) {
          throw new CommitNotFound(commit);
        }
      } catch (error) {
        if (error instanceof CommitNotFound) {
          this.#absent.add(commit);
        }
        throw error;
      }
    });
  }

  /** Answers a question about history, with as much of it as it takes. */
  async withDepth<T extends { type: string }>(
    signal: AbortSignal,
    ask: () => T | NeedsDepth | Promise<T | NeedsDepth>,
  ): Promise<T> {
    for (;;) {
      const answer = await ask();
      if (!isNeedsDepth(answer)) {
        return answer;
      }
      const answered = await this.#turns.take(async () => {
        // Someone else may have brought it while this waited for its turn.
        const again = await ask();
        if (!isNeedsDepth(again)) {
          return again;
        }
        if (!(await this.#remote.deepen(signal))) {
          throw new GitError('corrupt', 'the history on disk has holes');
        }
        return undefined;
      });
      if (answered) {
        return answered;
      }
    }
  }

  /** Runs `work`; if the cache turns out damaged, mends it and runs it again. */
  async mending<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isCorrupt(error)) {
        throw error;
      }
      this.#logDamage(error);
      this.#damaged = true;
      await this.refresh(signal);
      return work();
    }
  }

  async close(): Promise<void> {
    await this.#turns.take(async () => this.#local.close());
  }

  async #refreshNow(signal: AbortSignal): Promise<RefreshResult> {
    const { branch } = this.#options;
    const pushes = this.#pushes;
    const seen = await this.#remote.branchHead(branch, signal);
    return this.#turns.take(async () => {
      const head =
        pushes === this.#pushes
          ? seen
          : await this.#remote.branchHead(branch, signal);
      if (this.#snapshot?.commit === head && !this.#damaged) {
        return { changed: false, snapshot: this.#snapshot };
      }
      const before = this.#snapshot?.commit;
      const snapshot = await this.#fetchSnapshot(head, signal);
      return { changed: snapshot.commit !== before, snapshot };
    });
  }

  async #fetchSnapshot(
    head: string,
    signal: AbortSignal,
  ): Promise<TreeSnapshot> {
    const local = this.#local;
    if (this.#damaged) {
      await local.reset();
      this.#damaged = false;
    }
    const fetch = async (commit: string) => {
      await this.#remote.fetchHead(commit, signal);
      const next = local.snapshot(commit);
      await local.setHead(commit);
      return next;
    };
    let snapshot: TreeSnapshot;
    try {
      snapshot = await fetch(head);
    } catch (error) {
      if (error instanceof NotOurRef) {
        // The branch moved again since the look, and this commit went away.
        const { branch } = this.#options;
        snapshot = await fetch(await this.#remote.branchHead(branch, signal));
      } else if (isCorrupt(error) && local.head !== undefined) {
        this.#logDamage(error);
        await local.reset();
        snapshot = await fetch(head);
      } else {
        throw error;
      }
    }
    this.#absent.clear();
    this.#snapshot = snapshot;
    await local.store.compact();
    return snapshot;
  }

  async #keep(
    push: { from: string; to: string },
    pack: EncodedPack,
  ): Promise<void> {
    const local = this.#local;
    await local.keep(pack);
    if (local.head === push.from && !this.#damaged) {
      const snapshot = local.snapshot(push.to);
      await local.setHead(push.to, { durably: false });
      this.#snapshot = snapshot;
    }
    await local.store.compact();
  }

  #logDamage(error: unknown): void {
    const { url, logger } = this.#options;
    logger.warn(`Git cache of ${url} is damaged, fetching anew: ${error}`);
  }
}

function isNeedsDepth(answer: { type: string }): answer is NeedsDepth {
  return answer.type === 'needsDepth';
}
