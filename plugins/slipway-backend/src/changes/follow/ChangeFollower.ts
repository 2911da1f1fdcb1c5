import type { ConfigRepoConfig } from '../../configRepos/types';
import type { LeaseKeeper } from '../../leases';
import type { ChangeFeed } from '../../status/ChangeFeed';
import { ConfigRepoFollower, type FollowerOptions } from './ConfigRepoFollower';

/** How long engines must say the same before it counts: the pods of before are healthy for a moment after the new content is applied. */
const SETTLE_MILLISECONDS = 5_000;

export interface ChangeFollowerOptions
  extends Omit<FollowerOptions, 'onWritten' | 'settleMilliseconds' | 'now'> {
  configRepos: ConfigRepoConfig[];
  feed: Pick<ChangeFeed, 'subscribe' | 'notify'>;
  leases: Pick<LeaseKeeper, 'keep'>;
  settleMilliseconds?: number;
  now?: () => Date;
}

/**
 * Follows each change from the branch to its targets, until it is live, degraded or late on all of them, and tells the person who asked
 * for it. Commits that came past Slipway are recorded as changes and followed as well.
 *
 * The read model says what engines made of a change, and wakes this; nothing is asked of a cluster, and of Git only what relates two
 * commits, once. For each config repo one replica does so: the one that holds its lease, of which every write is proof. All that is known
 * is in the database, so that another one goes on where it stopped.
 */
export class ChangeFollower {
  readonly #options: ChangeFollowerOptions;
  readonly #followers = new Set<ConfigRepoFollower>();

  private constructor(options: ChangeFollowerOptions) {
    this.#options = options;
  }

  static create(options: ChangeFollowerOptions): ChangeFollower {
    return new ChangeFollower(options);
  }

  /** Ends with the leases and the feed. */
  start(): void {
    const { configRepos, feed, leases, ...options } = this.#options;
    feed.subscribe(() => {
      for (const follower of this.#followers) follower.wake();
    });
    for (const config of configRepos) {
      leases.keep(`changes:${config.name}`, async lease => {
        const follower = new ConfigRepoFollower(config, lease, {
          settleMilliseconds: SETTLE_MILLISECONDS,
          now: () => new Date(),
          ...options,
          onWritten: () => feed.notify(),
        });
        this.#followers.add(follower);
        try {
          await follower.run();
        } finally {
          this.#followers.delete(follower);
        }
      });
    }
  }
}
