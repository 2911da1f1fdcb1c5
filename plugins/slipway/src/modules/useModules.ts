import { useApi } from '@backstage/frontend-plugin-api';
import { slipwayApiRef } from '../api';
import { listAll, useLiveQuery } from '../live';

/** All modules of an environment, kept current. */
export function useModules(configRepo: string, environment: string) {
  const api = useApi(slipwayApiRef);
  return useLiveQuery({
    key: JSON.stringify([configRepo, environment]),
    fetch: () =>
      listAll(paging => api.listModules({ configRepo, environment }, paging)),
    sequenceOf: page => page.sequence,
  });
}
