export interface SharedAnswersOptions {
  /** From the answer on, not from the question. */
  keptMilliseconds: number;
  /** Answers kept at a time; what was answered first goes first. */
  mostKept: number;
  now?: () => number;
}

/** Shares answers, good or bad, between all who ask while there is none yet, or within some time after it. */
export class SharedAnswers<T> {
  readonly #options: SharedAnswersOptions;
  readonly #asked = new Map<string, Promise<T>>();
  readonly #kept = new Map<string, { answer: Promise<T>; until: number }>();

  constructor(options: SharedAnswersOptions) {
    this.#options = options;
  }

  get(id: string, ask: () => Promise<T>): Promise<T> {
    this.#forget();
    const known = this.#asked.get(id) ?? this.#kept.get(id)?.answer;
    if (known) return known;
    const answer = ask();
    this.#asked.set(id, answer);
    const keep = () => this.#keep(id, answer);
    answer.then(keep, keep);
    return answer;
  }

  #keep(id: string, answer: Promise<T>): void {
    const { keptMilliseconds, mostKept } = this.#options;
    this.#asked.delete(id);
    this.#kept.set(id, { answer, until: this.#now() + keptMilliseconds });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
    }
    // Nobody may ask again, and they are large.
    setTimeout(() => this.#forget(), keptMilliseconds).unref();
  }

  #forget(): void {
    const now = this.#now();
    for (const [id, { until }] of this.#kept) {
      if (until <= now) this.#kept.delete(id);
    }
  }

  #now(): number {
    return (this.#options.now ?? performance.now.bind(performance))();
  }
}
