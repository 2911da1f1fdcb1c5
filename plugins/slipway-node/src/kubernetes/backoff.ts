export interface BackoffOptions {
  /** Delay after the first failure; 500 when absent. */
  initialMilliseconds?: number;
  /** The longest delay; 8,000 when absent, so that who was away is heard within ten seconds of being back. */
  maximumMilliseconds?: number;
}

/**
 * Doubling delays with jitter, so that a server which comes back is not met by all its clients at once.
 */
export class Backoff {
  readonly #initial: number;
  readonly #maximum: number;
  readonly #random: () => number;
  #attempts = 0;

  constructor(options: BackoffOptions = {}, random = Math.random) {
    this.#initial = options.initialMilliseconds ?? 500;
    this.#maximum = options.maximumMilliseconds ?? 8_000;
    this.#random = random;
  }

  /** Failures since the last success. */
  get attempts(): number {
    return this.#attempts;
  }

  /** Counts a failure; the delay before the next try, between half and all of the doubled step. */
  next(): number {
    const step = Math.min(
      this.#maximum,
      this.#initial * 2 ** Math.min(this.#attempts, 30),
    );
    this.#attempts += 1;
    return Math.round(step * (0.5 + this.#random() / 2));
  }

  reset(): void {
    this.#attempts = 0;
  }
}
