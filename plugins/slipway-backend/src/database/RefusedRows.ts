import type { LoggerService } from '@backstage/backend-plugin-api';

/** Rows remembered as told. */
const MAX_TOLD = 10_000;

/** Warns of rows that the database does not take, of each once: they come again with whatever they are about. */
export class RefusedRows {
  readonly #logger: LoggerService;
  readonly #told = new Set<string>();

  private constructor(logger: LoggerService) {
    this.#logger = logger;
  }

  static create(options: { logger: LoggerService }): RefusedRows {
    return new RefusedRows(options.logger);
  }

  /** @param row - what it is about, in words for an operator */
  tell(row: string, error: unknown): void {
    if (this.#told.has(row)) return;
    if (this.#told.size >= MAX_TOLD) this.#told.clear();
    this.#told.add(row);
    this.#logger.warn(
      `${row} is left out, as the database does not take it: ${wordsOf(error)}`,
    );
  }
}

/** Without the statement that knex puts in front, which may hold every value of many rows. */
function wordsOf(error: unknown): string {
  const { message } = error as Error;
  return message.slice(message.lastIndexOf(' - ') + 1).replace(/^- /, '');
}
