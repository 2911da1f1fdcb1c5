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

/** Which environments a list is about: what a catalog entity's annotations choose, a config repo's, or those on a cluster. */
export type EnvironmentScope =
  | { entityRef: string }
  | { configRepo: string }
  | { cluster: string };

function toScopeQuery(scope: EnvironmentScope): ListEnvironments['query'] {
  if ('entityRef' in scope) return { entityRef: scope.entityRef };
  return 'configRepo' in scope
    ? { configRepo: [scope.configRepo] }
    : { onCluster: scope.cluster };
}

/** The environments in scope that match the filters, kept current. */
export function useEnvironments(
  scope: EnvironmentScope,
  filters: EnvironmentFilters,
): LiveQuery<EnvironmentPage> {
  const api = useApi(slipwayApiRef);
  const shown = useRef<Environment[]>([]);
  const query: ListEnvironments['query'] = {
    ...toQuery(filters),
    ...toScopeQuery(scope),
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
