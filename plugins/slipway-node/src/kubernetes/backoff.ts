import type { KubernetesReasonCode } from './problems';

export interface BackoffOptions {
  /** Delay after the first failure; 500 when absent. */
  initialMilliseconds?: number;
  /** The longest delay; 8,000 when absent. */
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

/** Nothing was asked of a server: to try again costs it nothing. */
const AWAY: KubernetesReasonCode[] = ['unreachable', 'credentialsUnreadable'];

/** So that who was away is heard within five seconds of being back. */
const AWAY_MAXIMUM_MILLISECONDS = 4_000;

/** A kind that is not installed, or that nobody lets us read, may never be: it is looked for once in a while. */
const LEFT_OUT: KubernetesReasonCode[] = ['kindNotServed', 'forbidden'];

const LEFT_OUT_MAXIMUM_MILLISECONDS = 60_000;

/**
 * Delays between tries of a server that cannot be used: short ones while it is away, longer ones while it refuses. Those
 * begin anew when it comes back, as a server that has just started refuses for a moment.
 */
export class ServerBackoff {
  readonly #away: Backoff;
  readonly #refused: Backoff;
  readonly #leftOut: Backoff;

  constructor(options: BackoffOptions = {}) {
    this.#away = new Backoff({
      maximumMilliseconds: AWAY_MAXIMUM_MILLISECONDS,
      ...options,
    });
    this.#refused = new Backoff(options);
    this.#leftOut = new Backoff({
      maximumMilliseconds: LEFT_OUT_MAXIMUM_MILLISECONDS,
      ...options,
    });
  }

  /** Times in a row that it refused. */
  get refusals(): number {
    return this.#refused.attempts;
  }

  /** Counts a failure; the delay before the next try. */
  next(code: KubernetesReasonCode): number {
    if (LEFT_OUT.includes(code)) return this.#leftOut.next();
    if (!AWAY.includes(code)) return this.#refused.next();
    this.#refused.reset();
    return this.#away.next();
  }

  reset(): void {
    this.#away.reset();
    this.#refused.reset();
    this.#leftOut.reset();
  }
}
