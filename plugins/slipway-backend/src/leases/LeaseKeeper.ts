import type { LoggerService } from '@backstage/backend-plugin-api';
import { LeaseLostError } from './LeaseLostError';
import { pause } from './pause';
import { Tenure } from './Tenure';
import type { HeldLease, LeaseStore } from './types';

/** With the look for what is free and the first list of a cluster, others have taken over within 15 s. */
const TTL_MILLISECONDS = 9_000;
const RENEW_MILLISECONDS = 3_000;

export interface LeaseKeeperOptions {
  store: LeaseStore;
  /** Unique per process. */
  holder: string;
  logger: LoggerService;
  /** How long a lease outlives a process that died. Default 9 s. */
  ttlMilliseconds?: number;
  /** How often a held lease is renewed. Default 3 s. */
  renewMilliseconds?: number;
  /** Monotonic, milliseconds. */
  clock?: () => number;
}

/** What is done while a lease is held; ends when the signal aborts. */
export type LeasedWork = (lease: HeldLease) => Promise<void>;

/**
 * Sees to it that each piece of shared work runs in one process at a time, and in some process all the time.
 *
 * Processes that start together end up with about equal shares: before each attempt a keeper waits the longer, the more
 * it already holds. A lease is not given up for the sake of balance alone.
 */
export class LeaseKeeper {
  readonly #store: LeaseStore;
  readonly #holder: string;
  readonly #logger: LoggerService;
  readonly #ttlMilliseconds: number;
  readonly #renewMilliseconds: number;
  readonly #clock: () => number;
  readonly #stop = new AbortController();
  readonly #tenures = new Set<Tenure>();
  readonly #runs = new Set<Promise<void>>();
  #turn: Promise<unknown> = Promise.resolve();
  #look: { at: number; keys: Promise<Set<string>> } | undefined;

  private constructor(options: LeaseKeeperOptions) {
    this.#store = options.store;
    this.#holder = options.holder;
    this.#logger = options.logger;
    this.#ttlMilliseconds = options.ttlMilliseconds ?? TTL_MILLISECONDS;
    this.#renewMilliseconds = options.renewMilliseconds ?? RENEW_MILLISECONDS;
    this.#clock = options.clock ?? (() => performance.now());
  }

  static create(options: LeaseKeeperOptions): LeaseKeeper {
    return new LeaseKeeper(options);
  }

  /** How many leases this process holds. */
  get heldCount(): number {
    return this.#tenures.size;
  }

  /**
   * Runs `work` whenever this process holds the lease `key`, until the keeper stops. Work that ends by itself gives the
   * lease up for a while; it never runs twice at a time.
   */
  keep(key: string, work: LeasedWork): void {
    const run = this.#run(key, work).finally(() => this.#runs.delete(run));
    this.#runs.add(run);
  }

  /** Gives every lease up at once and waits, for a while, until all work has ended. */
  async stop(): Promise<void> {
    const reason = new Error('Shutting down');
    this.#stop.abort(reason);
    const tenures = [...this.#tenures];
    for (const tenure of tenures) tenure.end(reason);
    await Promise.all(tenures.map(tenure => tenure.release(reason)));
    const patience = new AbortController();
    await Promise.race([
      Promise.all(this.#runs),
      pause(this.#renewMilliseconds, patience.signal),
    ]);
    patience.abort();
  }

  async #run(key: string, work: LeasedWork): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const tenure = await this.#inTurn(() => this.#tryAcquire(key));
      if (tenure) await this.#hold(tenure, work);
      await pause(this.#renewMilliseconds * (0.1 + Math.random() / 5), signal);
    }
  }

  async #tryAcquire(key: string): Promise<Tenure | undefined> {
    const { signal } = this.#stop;
    try {
      if ((await this.#heldKeys()).has(key)) return undefined;
      const share = Math.min(this.#tenures.size / 1000, 0.1);
      const wait = Math.random() * share * this.#renewMilliseconds;
      if (!(await pause(wait, signal))) return undefined;
      const asked = this.#clock();
      const lease = await this.#store.acquire({
        key,
        holder: this.#holder,
        ttlMilliseconds: this.#ttlMilliseconds,
      });
      if (!lease) return undefined;
      const tenure = Tenure.start({
        lease,
        validUntil: asked + this.#ttlMilliseconds,
        store: this.#store,
        ttlMilliseconds: this.#ttlMilliseconds,
        renewMilliseconds: this.#renewMilliseconds,
        clock: this.#clock,
        logger: this.#logger,
      });
      if (signal.aborted) {
        await tenure.release(signal.reason);
        return undefined;
      }
      this.#tenures.add(tenure);
      return tenure;
    } catch (error) {
      this.#logger.warn(`Could not acquire the lease '${key}'`, error as Error);
      return undefined;
    }
  }

  async #hold(tenure: Tenure, work: LeasedWork): Promise<void> {
    const { held } = tenure;
    let lost = false;
    try {
      await work(held);
    } catch (error) {
      lost = error instanceof LeaseLostError;
      if (!lost && !held.signal.aborted) {
        this.#logger.error(
          `Work under the lease '${held.key}' failed`,
          error as Error,
        );
      }
    }
    this.#tenures.delete(tenure);
    if (held.signal.aborted) return;
    if (lost) {
      tenure.end(new LeaseLostError(`The lease '${held.key}' was lost`));
      return;
    }
    await tenure.release(new Error('The work ended'));
    await pause(this.#renewMilliseconds, this.#stop.signal);
  }

  /** One attempt at a time, so that each sees how much is held already. */
  #inTurn<T>(attempt: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(attempt);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** One look serves the attempts at all keys for a moment. */
  async #heldKeys(): Promise<Set<string>> {
    const now = this.#clock();
    if (!this.#look || now - this.#look.at > this.#renewMilliseconds / 10) {
      const keys = this.#store
        .held()
        .then(leases => new Set(leases.map(({ key }) => key)));
      this.#look = { at: now, keys };
    }
    try {
      return await this.#look.keys;
    } catch (error) {
      this.#look = undefined;
      throw error;
    }
  }
}
