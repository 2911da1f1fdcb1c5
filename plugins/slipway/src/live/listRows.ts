/** The API's largest page. */
const MAX_LIMIT = 500;

interface Page<T> {
  items: T[];
  nextCursor?: string;
}

/**
 * The first `rows` items. One request up to 500, so that a refetch is one as well; more are read page after page.
 * `nextCursor` says that there are more.
 */
export async function listRows<P extends Page<unknown>>(
  rows: number,
  list: (paging: { cursor?: string; limit: number }) => Promise<P>,
): Promise<P> {
  const first = await list({ limit: Math.min(rows, MAX_LIMIT) });
  const items = [...first.items];
  let cursor = first.nextCursor;
  while (cursor && items.length < rows) {
    const next = await list({
      cursor,
      limit: Math.min(rows - items.length, MAX_LIMIT),
    });
    items.push(...next.items);
    cursor = next.nextCursor;
  }
  return { ...first, items, nextCursor: cursor };
}
