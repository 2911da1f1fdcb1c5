/** Shares answers, good or bad, between all who ask within some time. */
export class SharedAnswers<T> {
  readonly #kept = new Map<string, { answer: Promise<T>; until: number }>();
  readonly #keptMilliseconds: number;
  readonly #now: () => number;

  constructor(options: { keptMilliseconds: number; now?: () => number }) {
    this.#keptMilliseconds = options.keptMilliseconds;
    this.#now = options.now ?? Date.now;
  }

  get(id: string, ask: () => Promise<T>): Promise<T> {
    const now = this.#now();
    for (const [known, { until }] of this.#kept) {
      if (until <= now) this.#kept.delete(known);
    }
    const kept = this.#kept.get(id);
    if (kept) return kept.answer;
    const answer = ask();
    this.#kept.set(id, { answer, until: now + this.#keptMilliseconds });
    return answer;
  }
}
