/** Thrown for a text that makes more values than anyone would look at. */
export class TooManyValues extends Error {}

/**
 * How many values, and how many characters in them, may be made of what is read for one answer. Aliases let a few hundred bytes stand for
 * any number of values, in one object or in many, so that one budget has to do for all of them.
 */
export class ValueBudget {
  #values: number;
  #characters: number;

  constructor(limits: { values: number; characters: number }) {
    this.#values = limits.values;
    this.#characters = limits.characters;
  }

  /** Values that may still be made. */
  get left(): number {
    return Math.max(0, this.#values);
  }

  /** Whether there was enough; once there was not, nothing is left. */
  take(values: number, characters = 0): boolean {
    this.#values -= values;
    this.#characters -= characters;
    if (this.#values >= 0 && this.#characters >= 0) return true;
    this.#values = -1;
    return false;
  }

  /** @throws TooManyValues */
  spend(values: number, characters = 0): void {
    if (!this.take(values, characters)) throw new TooManyValues();
  }
}
