import { useRef } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Environment,
  EnvironmentPage,
  ListEnvironments,
  SlipwayApi,
} from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { keepIdentity, LiveQuery, useLiveQuery } from '../live';
import { EnvironmentFilters, toQuery } from './environmentFilters';

/** Which environments a list is about: what a catalog entity's annotations choose, or a config repo's. */
export type EnvironmentScope = { entityRef: string } | { configRepo: string };

/** The API's largest page. */
const MAX_LIMIT = 500;

/**
 * The first `rows` environments. One request up to 500, so that a refetch is one as well;
 * more are read page after page.
 */
async function listRows(
  api: SlipwayApi,
  query: ListEnvironments['query'],
  rows: number,
): Promise<EnvironmentPage> {
  const first = await api.listEnvironments({
    ...query,
    limit: Math.min(rows, MAX_LIMIT),
  });
  const items = [...first.items];
  let cursor = first.nextCursor;
  while (cursor && items.length < rows) {
    const next = await api.listEnvironments({
      ...query,
      cursor,
      limit: Math.min(rows - items.length, MAX_LIMIT),
    });
    items.push(...next.items);
    cursor = next.nextCursor;
  }
  return { ...first, items, nextCursor: cursor };
}

/** The environments in scope that match the filters, kept current. */
export function useEnvironments(
  scope: EnvironmentScope,
  filters: EnvironmentFilters,
): LiveQuery<EnvironmentPage> {
  const api = useApi(slipwayApiRef);
  const shown = useRef<Environment[]>([]);
  const query: ListEnvironments['query'] = {
    ...('entityRef' in scope
      ? { entityRef: scope.entityRef }
      : { configRepo: [scope.configRepo] }),
    ...toQuery(filters),
  };
  return useLiveQuery({
    key: JSON.stringify([query, filters.rows]),
    fetch: async () => {
      const page = await listRows(api, query, filters.rows);
      shown.current = keepIdentity(
        shown.current,
        page.items,
        ({ configRepo, name }) => `${configRepo}/${name}`,
      );
      return { ...page, items: shown.current };
    },
    sequenceOf: page => page.sequence,
  });
}
