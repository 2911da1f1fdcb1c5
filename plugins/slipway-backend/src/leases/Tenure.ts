import type { LoggerService } from '@backstage/backend-plugin-api';
import { LeaseLostError } from './LeaseLostError';
import { pause } from './pause';
import type { HeldLease, Lease, LeaseStore } from './types';

export interface TenureOptions {
  lease: Lease;
  /** When the lease ends unless it is renewed, by `clock`. */
  validUntil: number;
  store: LeaseStore;
  ttlMilliseconds: number;
  renewMilliseconds: number;
  clock: () => number;
  logger: LoggerService;
}

/**
 * One holding of a lease, from acquiring to losing or giving it up. It judges its own end by a monotonic clock, from
 * before the request that last prolonged it: it ends here before the store would grant the lease to another.
 */
export class Tenure {
  readonly #options: TenureOptions;
  readonly #controller = new AbortController();
  #validUntil: number;
  #expiry: ReturnType<typeof setTimeout> | undefined;

  private constructor(options: TenureOptions) {
    this.#options = options;
    this.#validUntil = options.validUntil;
  }

  static start(options: TenureOptions): Tenure {
    const tenure = new Tenure(options);
    tenure.#watchExpiry();
    tenure.#keepRenewing();
    return tenure;
  }

  get held(): HeldLease {
    const { key, fence } = this.#options.lease;
    return { key, fence, signal: this.#controller.signal };
  }

  /** Ends the tenure here; what it was acquired for is told by its signal. */
  end(reason: Error): void {
    clearTimeout(this.#expiry);
    this.#controller.abort(reason);
  }

  /** Ends the tenure here and in the store, so that another process can go on at once. */
  async release(reason: Error): Promise<void> {
    this.end(reason);
    const { lease, store, logger } = this.#options;
    try {
      await store.release(lease);
    } catch (error) {
      logger.warn(`Could not release the lease '${lease.key}'`, error as Error);
    }
  }

  #watchExpiry(): void {
    clearTimeout(this.#expiry);
    const left = this.#validUntil - this.#options.clock();
    if (left <= 0) {
      this.#lose('was not renewed in time');
    } else {
      this.#expiry = setTimeout(() => this.#watchExpiry(), Math.ceil(left));
    }
  }

  #lose(why: string): void {
    const { lease, logger } = this.#options;
    const error = new LeaseLostError(`The lease '${lease.key}' ${why}`);
    logger.warn(error.message);
    this.end(error);
  }

  async #keepRenewing(): Promise<void> {
    const { lease, store, clock, logger } = this.#options;
    const { ttlMilliseconds, renewMilliseconds } = this.#options;
    const { signal } = this.#controller;
    let wait = renewMilliseconds;
    while (await pause(wait, signal)) {
      const asked = clock();
      try {
        const renewed = await store.renew(lease, ttlMilliseconds);
        if (signal.aborted) return;
        if (!renewed) {
          this.#lose('was taken over by another process');
          return;
        }
        this.#validUntil = asked + ttlMilliseconds;
        this.#watchExpiry();
        wait = renewMilliseconds;
      } catch (error) {
        logger.warn(`Could not renew the lease '${lease.key}'`, error as Error);
        wait = renewMilliseconds / 5;
      }
    }
  }
}
