/** Several people look at the same page. */
const AGE_MILLISECONDS = 3_000;

interface Answer<T> {
  value: Promise<T>;
  /** Undefined while the one before it is still being made. */
  begun?: number;
}

/**
 * Makes each answer once for all who ask within three seconds from when it was begun, and never two of one at once: who asks later than
 * that waits for one that begins after it.
 */
export class SharedAnswers<T> {
  readonly #now: () => number;
  readonly #answers = new Map<string, Answer<T>>();

  /** @param now - milliseconds since some moment; the process's clock when absent */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(key);
    if (known && !this.#isOld(known)) return known.value;
    const before: Promise<unknown> =
      known?.value.catch(() => {}) ?? Promise.resolve();
    const answer: Answer<T> = {
      value: before.then(() => {
        answer.begun = this.#now();
        return make();
      }),
    };
    this.#answers.set(key, answer);
    const forget = () => {
      if (this.#answers.get(key) === answer) this.#answers.delete(key);
    };
    answer.value.then(
      () => setTimeout(forget, AGE_MILLISECONDS).unref(),
      forget,
    );
    return answer.value;
  }

  #isOld({ begun }: Answer<T>): boolean {
    return begun !== undefined && this.#now() - begun >= AGE_MILLISECONDS;
  }
}
