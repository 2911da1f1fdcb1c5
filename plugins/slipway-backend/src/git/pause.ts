import { performance } from 'node:perf_hooks';
import {
  setImmediate as nextTurn,
  setTimeout as sleep,
} from 'node:timers/promises';

/**
 * Time in ms that one piece of work keeps the event loop to itself. A request takes tens of turns of the loop, and waits for one
 * slice at each of them.
 */
const SLICE = 4;

/** Time in ms that work which nobody waits for leaves to others: always, and at most while they need it. */
const GAP = 1;
const LONGEST_GAP = 40;

/** Share of a gap above which others are at work. */
const BUSY = 0.25;

/** Lets others have their turn during long work in memory. */
export class Pause {
  readonly #signal: AbortSignal;
  readonly #background: boolean;
  #steps = 0;
  #until = performance.now() + SLICE;

  /** @param options - `background`: nobody waits for this work, so it gives way to all that somebody may wait for */
  constructor(signal: AbortSignal, options?: { background: boolean }) {
    this.#signal = signal;
    this.#background = options?.background ?? false;
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
    if (this.#background) await idle();
    else await nextTurn();
    this.#signal.throwIfAborted();
    this.#until = performance.now() + SLICE;
  }
}

/** Waits until the event loop has little to do, for a while. */
async function idle(): Promise<void> {
  const end = performance.now() + LONGEST_GAP;
  let before = performance.eventLoopUtilization();
  for (;;) {
    await sleep(GAP);
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    if (utilization < BUSY || performance.now() > end) return;
    before = now;
  }
}
