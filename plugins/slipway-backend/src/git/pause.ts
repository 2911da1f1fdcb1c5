import { setImmediate } from 'node:timers/promises';

/**
 * Time in ms that one piece of work keeps the event loop to itself. A request takes tens of turns of the loop, and waits for one
 * slice at each of them.
 */
const SLICE = 4;

/** Lets others have their turn during long work in memory. */
export class Pause {
  readonly #signal: AbortSignal;
  #steps = 0;
  #until = performance.now() + SLICE;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Asked at each step; looks at the clock at some of them. */
  isDue(): boolean {
    this.#steps += 1;
    return this.#steps % 4 === 0 && this.isOver();
  }

  /** Asked after each long step. */
  isOver(): boolean {
    return performance.now() > this.#until;
  }

  async take(): Promise<void> {
    await setImmediate();
    this.#signal.throwIfAborted();
    this.#until = performance.now() + SLICE;
  }
}
