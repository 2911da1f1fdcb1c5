/**
 * Cardinality, data and integrity of a row, and limits of a program.
 *
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const POSTGRES_CODE = /^(21|22|23|54)[0-9A-Z]{3}$/;

/** @see https://www.sqlite.org/rescode.html */
const SQLITE_CODE = /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)/;

/** Whether a database refused what a statement was to write, as opposed to being away, busy or without the table. */
export function isRowRefused(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return (
    typeof code === 'string' &&
    (POSTGRES_CODE.test(code) || SQLITE_CODE.test(code))
  );
}
