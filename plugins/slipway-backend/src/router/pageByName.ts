import { InputError } from '@backstage/errors';

const DEFAULT_LIMIT = 50;

/** Cuts a page out of a whole list, for lists that are as short as app-config. */
export function pageByName<T extends { name: string }>(
  list: string,
  items: T[],
  query: { cursor?: string; limit?: number },
): { items: T[]; nextCursor?: string } {
  const after = query.cursor === undefined ? '' : decode(list, query.cursor);
  const limit = query.limit ?? DEFAULT_LIMIT;
  // Databases may sort names by their locale, which cursors must not depend on.
  const rest = items
    .filter(item => item.name > after)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page,
    nextCursor:
      rest.length > limit && last
        ? Buffer.from(JSON.stringify([list, last.name])).toString('base64url')
        : undefined,
  };
}

function decode(list: string, cursor: string): string {
  try {
    const [of, name] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    );
    if (of === list && typeof name === 'string') return name;
  } catch {
    // Falls through to the same answer as for a cursor of another list.
  }
  throw new InputError(
    'cursor does not belong to this list; begin again without it',
  );
}
