import { InputError } from '@backstage/errors';

/** Makes a cursor of a list that is not read from the database. */
export function encodeFileCursor(list: string, values: string[]): string {
  return Buffer.from(JSON.stringify([list, ...values])).toString('base64url');
}

/**
 * The values of a cursor of this list.
 *
 * @throws InputError when it is of another list, or made up.
 */
export function decodeFileCursor(
  list: string,
  length: number,
  cursor: string,
): string[] {
  try {
    const [of, ...values] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    );
    if (
      of === list &&
      values.length === length &&
      values.every((value: unknown) => typeof value === 'string')
    ) {
      return values;
    }
  } catch {
    // Falls through to the same answer as for a cursor of another list.
  }
  throw new InputError(
    'cursor does not belong to this list; begin again without it',
  );
}
