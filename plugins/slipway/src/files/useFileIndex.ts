import { useApi } from '@backstage/frontend-plugin-api';
import type { FilePage } from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { LiveQuery, useLiveQuery } from '../live';
import { FileScope, scopeQuery } from './fileScope';

/** The API's largest page of files. */
const MAX_LIMIT = 2_000;

/** Every path in scope, kept current: searching by name then asks nobody. */
export function useFileIndex(scope: FileScope): LiveQuery<FilePage> {
  const api = useApi(slipwayApiRef);
  return useLiveQuery({
    key: JSON.stringify(scope),
    fetch: async () => {
      const query = { ...scopeQuery(scope), limit: MAX_LIMIT };
      const first = await api.listFiles(query);
      const items = [...first.items];
      let cursor = first.nextCursor;
      while (cursor) {
        const next = await api.listFiles({ ...query, cursor });
        items.push(...next.items);
        cursor = next.nextCursor;
      }
      return { ...first, items, nextCursor: undefined };
    },
    sequenceOf: page => page.sequence,
  });
}
