/** The API's largest page. */
const MAX_LIMIT = 500;

interface Page<T> {
  items: T[];
  nextCursor?: string;
}

/** Reads page after page to the end, for lists that are short by nature. */
export async function listAll<P extends Page<unknown>>(
  list: (paging: { cursor?: string; limit: number }) => Promise<P>,
): Promise<P> {
  const first = await list({ limit: MAX_LIMIT });
  const items = [...first.items];
  let cursor = first.nextCursor;
  while (cursor) {
    const next = await list({ cursor, limit: MAX_LIMIT });
    items.push(...next.items);
    cursor = next.nextCursor;
  }
  return { ...first, items, nextCursor: undefined };
}
