/** Those who wait for changes to end. */
export class Waiters {
  readonly #waiting = new Map<number, Set<() => void>>();

  /** Waits until a change is released, or the time is over. */
  async wait(change: number, milliseconds: number): Promise<void> {
    const waiters = this.#waiting.get(change) ?? new Set();
    this.#waiting.set(change, waiters);
    await new Promise<void>(resolve => {
      const timer = setTimeout(done, milliseconds);
      function done() {
        clearTimeout(timer);
        waiters.delete(done);
        resolve();
      }
      waiters.add(done);
    });
    if (waiters.size === 0) this.#waiting.delete(change);
  }

  /** Changes that somebody waits for. */
  changes(): number[] {
    return [...this.#waiting.keys()];
  }

  release(changes: readonly number[]): void {
    for (const change of changes) {
      this.#waiting.get(change)?.forEach(done => done());
    }
  }
}
