import { useApi } from '@backstage/frontend-plugin-api';
import type { CommitPage } from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { LiveQuery, useLiveQuery } from '../live';

/** The API's largest page. */
const MAX_LIMIT = 500;

/** The first `rows` commits that changed what is at a path, kept current. */
export function useHistory(
  configRepo: string,
  path: string,
  rows: number,
): LiveQuery<CommitPage> {
  const api = useApi(slipwayApiRef);
  return useLiveQuery({
    key: JSON.stringify([configRepo, path, rows]),
    fetch: async () => {
      const first = await api.listHistory(configRepo, {
        path,
        limit: Math.min(rows, MAX_LIMIT),
      });
      const items = [...first.items];
      let cursor = first.nextCursor;
      while (cursor && items.length < rows) {
        const next = await api.listHistory(configRepo, {
          path,
          cursor,
          limit: Math.min(rows - items.length, MAX_LIMIT),
        });
        items.push(...next.items);
        cursor = next.nextCursor;
      }
      return { items, nextCursor: cursor };
    },
  });
}
