/** How many fetches may begin before their turn. */
const AHEAD = 3;

/**
 * Decides when to refetch, so that a burst of signals costs one request.
 *
 * A signal counts only when it is newer than what is shown and has not been answered by a fetch that began after it came.
 * Fetches never overlap. A few may follow one upon another, because what a push or a sync does comes in steps; under a
 * flood they begin `intervalMs` apart.
 */
export class RefetchGate {
  static create(options: { fetch: () => void; intervalMs: number }) {
    return new RefetchGate(options.fetch, options.intervalMs);
  }

  readonly #fetch: () => void;
  readonly #intervalMs: number;
  #shown = -1;
  #signalled = -1;
  #wanted = false;
  #running = false;
  /** The next fetch's turn, in ms, if they were all `intervalMs` apart. */
  #due = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  private constructor(fetch: () => void, intervalMs: number) {
    this.#fetch = fetch;
    this.#intervalMs = intervalMs;
  }

  /** Something changed on the server. */
  signal(sequence: number) {
    if (sequence > this.#shown && sequence > this.#signalled) {
      this.#signalled = sequence;
      this.want();
    }
  }

  /** Refetch as soon as the interval allows. */
  want() {
    this.#wanted = true;
    this.#schedule();
  }

  /** A fetch begins, through this gate or not. It answers everything that was signalled until now. */
  begin() {
    this.#wanted = false;
    this.#running = true;
    this.#due = Math.max(this.#due, Date.now()) + this.#intervalMs;
    clearTimeout(this.#timer);
  }

  /** The fetch ended, with the sequence that it brought, if any. */
  end(sequence?: number) {
    this.#running = false;
    this.#shown = Math.max(this.#shown, sequence ?? this.#signalled);
    if (this.#signalled <= this.#shown && sequence !== undefined) {
      this.#wanted = false;
    }
    this.#schedule();
  }

  /** No fetch begins from now on. */
  stop() {
    clearTimeout(this.#timer);
    this.#wanted = false;
  }

  #schedule() {
    if (!this.#wanted || this.#running) {
      return;
    }
    clearTimeout(this.#timer);
    const wait = this.#due - AHEAD * this.#intervalMs - Date.now();
    if (wait <= 0) {
      this.#fetch();
    } else {
      this.#timer = setTimeout(() => this.#fetch(), wait);
    }
  }
}
