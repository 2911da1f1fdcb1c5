import { useRef } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ChangePage,
  ChangeSummary,
} from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../../api';
import { keepIdentity, listRows, LiveQuery, useLiveQuery } from '../../live';
import { ChangeFilters, toChangeQuery } from './changeFilters';

/** Which changes a list is about: all that one may read, what a catalog entity's annotations choose, one environment's, or one module's. */
export type ChangeScope =
  | { entityRef?: string }
  | { configRepo: string; environment?: string; module?: string };

function toScopeQuery(scope: ChangeScope) {
  if (!('configRepo' in scope)) {
    return scope;
  }
  const { configRepo, environment, module } = scope;
  return {
    configRepo: [configRepo],
    ...(environment && { environment: [environment] }),
    ...(module && { module: [module] }),
  };
}

/** The newest changes in scope, kept current. */
export function useChanges(
  scope: ChangeScope,
  filters: ChangeFilters,
): LiveQuery<ChangePage> {
  const api = useApi(slipwayApiRef);
  const shown = useRef<ChangeSummary[]>([]);
  return useLiveQuery({
    key: JSON.stringify([scope, filters]),
    fetch: async () => {
      const page = await listRows(filters.rows, paging =>
        api.listChanges({
          ...toScopeQuery(scope),
          ...toChangeQuery(filters),
          ...paging,
        }),
      );
      shown.current = keepIdentity(shown.current, page.items, ({ id }) =>
        String(id),
      );
      return { ...page, items: shown.current };
    },
    sequenceOf: page => page.sequence,
  });
}
