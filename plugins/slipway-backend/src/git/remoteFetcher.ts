import { NotOurRef } from './advertisement';
import type { FetchDepth } from './fetchProtocol';
import { CommitNotFound, GitError } from './gitError';
import type { LocalRepository } from './localRepository';
import type { SmartHttp } from './smartHttp';

// What Git itself takes for "all of it".
const ALL = 2147483647;
const FIRST_STEP = 50;
const STEP_FACTOR = 4;
const LAST_STEP = 10_000;

/**
 * Brings objects from the remote into the cache: as few as will do. Not safe
 * to call twice at once on one cache; the caller takes turns.
 */
export class RemoteFetcher {
  readonly #local: LocalRepository;
  readonly #remote: SmartHttp;
  readonly #maxBytes: number;
  #step = FIRST_STEP;
  #hasEverything = false;

  constructor(local: LocalRepository, remote: SmartHttp, maxBytes: number) {
    this.#local = local;
    this.#remote = remote;
    this.#maxBytes = maxBytes;
  }

  /**
   * The commit that the branch points to.
   *
   * Throws {@link GitError} `emptyRepository` or `branchNotFound`.
   */
  async branchHead(branch: string, signal: AbortSignal): Promise<string> {
    const name = `refs/heads/${branch}`;
    const head = (await this.#remote.listRefs(name, signal)).get(name);
    if (head) {
      return head;
    }
    const others = await this.#remote.listRefs('refs/heads/', signal);
    if (others.size === 0) {
      throw new GitError('emptyRepository', 'the repository has no branches');
    }
    throw new GitError('branchNotFound', `there is no branch ${branch}`);
  }

  /** Brings a new head of the branch with all that its tree holds. */
  async fetchHead(head: string, signal: AbortSignal): Promise<void> {
    const known = this.#local.head;
    if (this.#local.store.has(head)) {
      return;
    }
    if (known) {
      const question = {
        want: head,
        depth: { type: 'sinceHaves' },
        onlyIfDescendant: true,
        forSnapshot: true,
      } as const;
      if (await this.#fetch(question, signal)) {
        return;
      }
    }
    const depth = { type: 'fromTip', commits: 1 } as const;
    await this.#fetch({ want: head, depth, forSnapshot: true }, signal);
  }

  /**
   * Brings one commit with its trees.
   *
   * Throws {@link CommitNotFound} when the remote does not have it.
   */
  async fetchCommit(commit: string, signal: AbortSignal): Promise<void> {
    try {
      const depth = { type: 'fromTip', commits: 1 } as const;
      await this.#fetch({ want: commit, depth, withoutBlobs: true }, signal);
    } catch (error) {
      if (!(error instanceof NotOurRef)) {
        throw error;
      }
      // Servers that serve only what refs reach may still have it further back.
      while (!this.#local.store.has(commit)) {
        if (!(await this.deepen(signal))) {
          throw new CommitNotFound(commit, error);
        }
      }
    }
  }

  /**
   * Brings more of the head's history, each time more; false when there is no
   * more to bring.
   */
  async deepen(signal: AbortSignal): Promise<boolean> {
    const { head, shallow } = this.#local;
    if (!head || shallow.size === 0) {
      return false;
    }
    const before = [...shallow].join();
    const depth: FetchDepth =
      this.#step > LAST_STEP
        ? { type: 'fromTip', commits: ALL }
        : { type: 'beyondShallow', commits: this.#step };
    this.#step *= STEP_FACTOR;
    await this.#fetch({ want: head, depth, withoutBlobs: true }, signal);
    if (depth.type === 'fromTip') {
      this.#step = Infinity;
    }
    return [...shallow].join() !== before;
  }

  /**
   * Brings single objects that an earlier fetch left out; false when the
   * remote does not have all of them.
   */
  async fetchObjects(
    oids: readonly string[],
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      await this.#fetch(
        { want: oids, depth: { type: 'sinceHaves' }, alone: true },
        signal,
      );
      return true;
    } catch (error) {
      if (!(error instanceof NotOurRef)) {
        throw error;
      }
    }
    const { head } = this.#local;
    if (!head || this.#hasEverything) {
      return false;
    }
    // A server that hands out no single objects: take all, once.
    const depth = { type: 'fromTip', commits: ALL } as const;
    await this.#fetch({ want: head, depth, alone: true }, signal);
    this.#hasEverything = true;
    return oids.every(oid => this.#local.store.has(oid));
  }

  async #fetch(
    question: {
      want: string | readonly string[];
      depth: FetchDepth;
      withoutBlobs?: boolean;
      onlyIfDescendant?: boolean;
      forSnapshot?: boolean;
      /** As if nothing were here. */
      alone?: boolean;
    },
    signal: AbortSignal,
  ): Promise<boolean> {
    const { want, alone, forSnapshot = false, ...rest } = question;
    const { head, shallow } = this.#local;
    const partial =
      rest.withoutBlobs === true && (await this.#remote.canFilter(signal));
    const answer = await this.#remote.fetch(
      {
        ...rest,
        wants: [want].flat(),
        haves: head && !alone ? [head] : [],
        shallow: alone ? [] : [...shallow],
      },
      signal,
    );
    if (answer.type === 'notDescendant') {
      return false;
    }
    await this.#local.receive({
      answer,
      partial,
      forSnapshot,
      maxBytes: this.#maxBytes,
      signal,
    });
    return true;
  }
}
