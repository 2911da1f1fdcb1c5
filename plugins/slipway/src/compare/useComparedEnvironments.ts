import { useApi } from '@backstage/frontend-plugin-api';
import type { Environment } from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { listAll, LiveQuery, useLiveQuery } from '../live';

/** Every environment of a config repo that the caller may read, managed or not. */
export function useComparedEnvironments(
  configRepo: string,
): LiveQuery<Environment[]> {
  const api = useApi(slipwayApiRef);
  return useLiveQuery({
    key: configRepo,
    fetch: async () => {
      const page = await listAll(paging =>
        api.listEnvironments({ configRepo: [configRepo], ...paging }),
      );
      return page.items;
    },
  });
}
