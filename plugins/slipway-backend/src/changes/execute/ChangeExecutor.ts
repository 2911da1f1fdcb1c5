import type { LoggerService } from '@backstage/backend-plugin-api';
import type { CommitSigner, ConfigRepoGit, Person } from '../../git';
import type { DatabaseChangeStore } from '../DatabaseChangeStore';
import { ConfigRepoQueue, type KnownPlan } from './ConfigRepoQueue';
import type { RecheckGate } from './recheckGate';

export interface ChangeExecutorOptions {
  store: DatabaseChangeStore;
  open: (configRepo: string) => Promise<ConfigRepoGit>;
  /** Who commits; the author is the person. */
  committer: Person;
  sign?: CommitSigner;
  /** Asked for a change that goes on another head than it was planned on. */
  recheck?: RecheckGate;
  /** Called after something got into a branch, or did not. */
  onEnded?: (configRepo: string) => void;
  now?: () => Date;
  logger: LoggerService;
}

/**
 * Brings recorded changes into their branch, exactly once each. Every config repo has one queue; what waits in it goes out as a chain
 * of commits in one push.
 *
 * The database tells what is to be done and which commits were sent for it, the branch tells which of them arrived. So it does not
 * matter where an earlier process stopped, nor that another replica takes up the same change: the branch moves only from the head
 * that a commit was made for, and whoever finds that it moved first looks whether the change is in it.
 */
export class ChangeExecutor {
  readonly #options: ChangeExecutorOptions;
  readonly #queues = new Map<string, ConfigRepoQueue>();
  readonly #stop = new AbortController();

  private constructor(options: ChangeExecutorOptions) {
    this.#options = options;
  }

  static create(options: ChangeExecutorOptions): ChangeExecutor {
    return new ChangeExecutor(options);
  }

  /**
   * Takes up what an earlier process left.
   *
   * @param isKnown - whether a config repo is configured still; what waits for another stays as it is
   */
  async start(
    isKnown: (configRepo: string) => boolean = () => true,
  ): Promise<void> {
    for (const name of await this.#options.store.pendingConfigRepos()) {
      if (isKnown(name)) this.wake(name);
    }
  }

  /** Says that something waits for a config repo; does not wait. */
  wake(configRepo: string): void {
    this.#queue(configRepo).wake();
  }

  /** Brings a change that was just recorded into the branch; waits as {@link ended} does. */
  async push(
    change: { id: number; configRepo: string },
    planned: KnownPlan,
    milliseconds: number,
  ): Promise<void> {
    const queue = this.#queue(change.configRepo);
    await queue.push(change.id, planned, milliseconds);
  }

  /** Waits until a change is in the branch or has failed, or the time is over. */
  async ended(
    change: { id: number; configRepo: string },
    milliseconds: number,
  ): Promise<void> {
    await this.#queue(change.configRepo).ended(change.id, milliseconds);
  }

  /** Begins nothing any more and waits for the push that is under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all([...this.#queues.values()].map(queue => queue.idle()));
  }

  #queue(configRepo: string): ConfigRepoQueue {
    let queue = this.#queues.get(configRepo);
    if (!queue) {
      const { signal } = this.#stop;
      queue = ConfigRepoQueue.create({ ...this.#options, configRepo, signal });
      this.#queues.set(configRepo, queue);
    }
    return queue;
  }
}
