/**
 * Lets several callers share one piece of work. It is aborted when the last of
 * them has gone away, not when one does.
 */
export class SharedCall<T> {
  #running:
    | { result: Promise<T>; controller: AbortController; waiting: number }
    | undefined;

  async run(
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    if (!this.#running) {
      const controller = new AbortController();
      const started = {
        result: work(controller.signal),
        controller,
        waiting: 0,
      };
      this.#running = started;
      const finish = () => {
        if (this.#running === started) {
          this.#running = undefined;
        }
      };
      started.result.then(finish, finish);
    }
    const running = this.#running;
    running.waiting += 1;
    let leave = () => {};
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(signal.reason);
      signal.addEventListener('abort', leave, { once: true });
    });
    try {
      return await Promise.race([running.result, left]);
    } finally {
      signal.removeEventListener('abort', leave);
      running.waiting -= 1;
      if (running.waiting === 0 && signal.aborted) {
        // Who comes now must not join work that is about to fail.
        this.#running = undefined;
        running.controller.abort(signal.reason);
      }
    }
  }
}

/** Runs pieces of work one after the other, in the order in which they came. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => {});
    return result;
  }
}
