/** Options of {@link until}. */
export interface UntilOptions {
  /** Completes the sentence "it did not come about that …". */
  what: string;
  timeoutMs?: number;
  everyMs?: number;
}

/**
 * Asks until there is an answer that is neither undefined nor false. What the
 * question throws ends the waiting.
 */
export async function until<T>(
  question: () => Promise<T | undefined | false>,
  options: UntilOptions,
): Promise<T> {
  const { what, timeoutMs = 60_000, everyMs = 100 } = options;
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await question();
    if (answer !== undefined && answer !== false) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(
        `it did not come about within ${timeoutMs / 1000} s that ${what}`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, everyMs));
  }
}
