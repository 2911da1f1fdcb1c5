import { PlainError } from '../plainError.mjs';
import { step } from '../progress.mjs';

/** Checks that build on each other: named, timed and counted. */
export class Checks {
  #passed = 0;
  #reports = [];

  /**
   * @template T
   * @param {string} title
   * @param {() => Promise<T>} work fails the check by throwing
   * @returns {Promise<T | undefined>} what the work returned; undefined where it failed
   */
  async check(title, work) {
    try {
      const result = await step(title, work);
      this.#passed += 1;
      return result;
    } catch (error) {
      const reason = error instanceof PlainError ? error.message : error.stack;
      this.#reports.push(`${title}\n${reason}`);
      return undefined;
    }
  }

  /** @returns {import('../Tally.mjs').StepResult} */
  result() {
    return {
      passed: this.#passed,
      failed: this.#reports.length,
      report: this.#reports.join('\n\n'),
    };
  }
}
