import type { Knex } from 'knex';
import { chunks } from './chunks';
import { isRowRefused } from './isRowRefused';

export interface WriteRowsOptions<T> {
  write: (tx: Knex.Transaction, rows: T[]) => Promise<unknown>;
  /** Told of each row that the database does not take by itself. */
  onRefused: (row: T, error: unknown) => void;
}

/**
 * Writes rows, many at a time. A row that the database does not take, such as a text that is too long for its column, is left out and
 * holds up no other; any other failure is thrown. The caller owns the transaction.
 */
export async function writeRows<T>(
  tx: Knex.Transaction,
  rows: T[],
  options: WriteRowsOptions<T>,
): Promise<void> {
  for (const some of chunks(rows)) await writeSome(tx, some, options);
}

async function writeSome<T>(
  tx: Knex.Transaction,
  rows: T[],
  options: WriteRowsOptions<T>,
): Promise<void> {
  try {
    // A savepoint: after a failed statement PostgreSQL takes no other in the same transaction
    await tx.transaction(savepoint => options.write(savepoint, rows));
  } catch (error) {
    if (!isRowRefused(error)) throw error;
    if (rows.length === 1) {
      options.onRefused(rows[0], error);
      return;
    }
    const half = Math.ceil(rows.length / 2);
    await writeSome(tx, rows.slice(0, half), options);
    await writeSome(tx, rows.slice(half), options);
  }
}
