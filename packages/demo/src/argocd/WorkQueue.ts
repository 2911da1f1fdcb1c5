/** Keys to work on: each at most once at a time, again when it was added meanwhile, a few at once. */
export class WorkQueue {
  readonly #work: (key: string) => Promise<void>;
  readonly #atOnce: number;
  readonly #waiting = new Set<string>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #failures = new Map<string, number>();
  #stopped = false;

  static create(options: {
    work: (key: string) => Promise<void>;
    atOnce: number;
  }): WorkQueue {
    return new WorkQueue(options.work, options.atOnce);
  }

  private constructor(work: (key: string) => Promise<void>, atOnce: number) {
    this.#work = work;
    this.#atOnce = atOnce;
  }

  add(key: string): void {
    this.#waiting.add(key);
    this.#start();
  }

  /** Adds a key later; a sooner call wins. */
  addAfter(key: string, milliseconds: number): void {
    if (this.#timers.has(key) || this.#stopped) {
      return;
    }
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        this.add(key);
      }, milliseconds),
    );
  }

  /** Resolves after what runs has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.clear();
    for (const timer of this.#timers.values()) {
      clearTimeout(timer);
    }
    await Promise.all(this.#running.values());
  }

  #start(): void {
    for (const key of this.#waiting) {
      if (this.#stopped || this.#running.size >= this.#atOnce) {
        return;
      }
      if (!this.#running.has(key)) {
        this.#waiting.delete(key);
        this.#running.set(key, this.#run(key));
      }
    }
  }

  async #run(key: string): Promise<void> {
    try {
      await this.#work(key);
      this.#failures.delete(key);
    } catch {
      // The cluster was away or somebody else wrote: look again, ever later.
      const failures = this.#failures.get(key) ?? 0;
      this.#failures.set(key, failures + 1);
      this.addAfter(key, Math.min(200 * 2 ** failures, 5_000));
    } finally {
      this.#running.delete(key);
      this.#start();
    }
  }
}
