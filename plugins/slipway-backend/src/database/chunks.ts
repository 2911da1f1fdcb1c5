/** Rows in one statement: SQLite bounds its variables, both databases its length. */
const ROWS_PER_STATEMENT = 100;

export function* chunks<T>(rows: T[]): Iterable<T[]> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    yield rows.slice(start, start + ROWS_PER_STATEMENT);
  }
}
