/** Milliseconds of work that one answer may take from everybody else. */
const MAX_MILLISECONDS = 2_000;

/** Ends what takes too much of the process's time, between one piece of work and the next. */
export class Effort {
  readonly #now: () => number;
  #milliseconds = 0;

  /** @param now - milliseconds since some moment; the process's clock when absent */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get isSpent(): boolean {
    return this.#milliseconds > MAX_MILLISECONDS;
  }

  measure<T>(work: () => T): T {
    const begin = this.#now();
    try {
      return work();
    } finally {
      this.#milliseconds += this.#now() - begin;
    }
  }
}
