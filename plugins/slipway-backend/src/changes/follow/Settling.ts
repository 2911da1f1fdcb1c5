import { meanwhile } from './judgeTarget';
import type { FollowedTarget, TargetVerdict } from './types';

/** Holds verdicts back until they have stood for a while, by target. */
export class Settling {
  readonly #milliseconds: number;
  readonly #since = new Map<string, { verdict: string; at: number }>();

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  /**
   * @param now - milliseconds
   * @returns the verdict that stands now, and in how many milliseconds another may
   */
  settle(
    key: string,
    verdict: TargetVerdict,
    target: FollowedTarget,
    now: number,
  ): { verdict: TargetVerdict; left?: number } {
    if (!verdict.settles) {
      this.#since.delete(key);
      return { verdict };
    }
    const words = `${verdict.state} ${verdict.reason?.code ?? ''}`;
    const known = this.#since.get(key);
    const at = known?.verdict === words ? known.at : now;
    this.#since.set(key, { verdict: words, at });
    const left = at + this.#milliseconds - now;
    return left > 0
      ? { verdict: meanwhile(verdict, target), left }
      : { verdict };
  }

  forget(key: string): void {
    this.#since.delete(key);
  }
}
