import { useRef } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Environment,
  EnvironmentPage,
  ListEnvironments,
} from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { keepIdentity, listRows, LiveQuery, useLiveQuery } from '../live';
import { EnvironmentFilters, toQuery } from './environmentFilters';

/** Which environments a list is about: what a catalog entity's annotations choose, or a config repo's. */
export type EnvironmentScope = { entityRef: string } | { configRepo: string };

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
      const page = await listRows(filters.rows, paging =>
        api.listEnvironments({ ...query, ...paging }),
      );
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
