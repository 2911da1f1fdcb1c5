import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';

/** A list's order: columns from the most significant to one that is unique. */
export interface KeysetOrder {
  /** Names the order in cursors, so that one cursor is never used with another order. */
  name: string;
  columns: string[];
  /** What each column holds. */
  types: Array<'string' | 'number'>;
  direction: 'asc' | 'desc';
}

type KeysetValue = string | number;

/** PostgreSQL takes no NUL in text, and 32 bits in an integer. */
function isStorable(value: unknown): boolean {
  return typeof value === 'string'
    ? !value.includes('\0')
    : Number.isSafeInteger(value) && Math.abs(Number(value)) < 2 ** 31;
}

/** Orders a query, and begins after the row that the cursor names. */
export function applyKeyset(
  query: Knex.QueryBuilder,
  order: KeysetOrder,
  cursor: string | undefined,
): void {
  if (cursor !== undefined) {
    const values = decodeCursor(cursor, order);
    const columns = order.columns.join(', ');
    const holes = order.columns.map(() => '?').join(', ');
    query.whereRaw(
      `(${columns}) ${order.direction === 'asc' ? '>' : '<'} (${holes})`,
      values,
    );
  }
  query.orderBy(
    order.columns.map(column => ({ column, order: order.direction })),
  );
}

/** The cursor that continues after a row with these values of the order's columns. */
export function encodeCursor(
  order: KeysetOrder,
  values: KeysetValue[],
): string {
  return Buffer.from(
    JSON.stringify([order.name, order.direction, ...values]),
  ).toString('base64url');
}

function decodeCursor(cursor: string, order: KeysetOrder): KeysetValue[] {
  try {
    const [name, direction, ...values] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    );
    if (
      name === order.name &&
      direction === order.direction &&
      values.length === order.columns.length &&
      values.every(
        (value: unknown, index: number) =>
          typeof value === order.types[index] && isStorable(value),
      )
    ) {
      return values;
    }
  } catch {
    // Falls through to the same answer as for a cursor of another list.
  }
  throw new InputError(
    'cursor does not belong to this list and order; begin again without it',
  );
}
