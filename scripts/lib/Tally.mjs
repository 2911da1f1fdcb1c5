/**
 * What came of a step: how many checks held, and how many did not.
 * @typedef {{ passed: number, failed: number, report?: string }} StepResult
 */

/** The true totals over all steps. */
export class Tally {
  #rows = [];

  /**
   * @param {string} name
   * @param {StepResult} result
   * @param {string} time
   */
  add(name, result, time) {
    this.#rows.push({ name, time, ...result });
  }

  /** A row per step, and the totals in the last line. */
  toString() {
    const rows = this.#rows.map(
      ({ name, time, passed, failed }) =>
        `  ${failed ? '✖' : '✔'} ${name.padEnd(10)} ${`${passed}`.padStart(
          5,
        )} passed ${`${failed}`.padStart(3)} failed  ${time}`,
    );
    const { passed, failed } = this.#totals();
    return [...rows, '', `${passed} passed, ${failed} failed`].join('\n');
  }

  /** Zero where something ran and nothing failed. */
  get exitCode() {
    const { passed, failed } = this.#totals();
    return failed > 0 || passed === 0 ? 1 : 0;
  }

  #totals() {
    const sum = key => this.#rows.reduce((total, row) => total + row[key], 0);
    return { passed: sum('passed'), failed: sum('failed') };
  }
}
