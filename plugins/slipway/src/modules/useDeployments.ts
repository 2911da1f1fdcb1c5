import { useApi } from '@backstage/frontend-plugin-api';
import type { ModuleRefInEnvironment } from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { listRows, useLiveQuery } from '../live';

/** The newest deployments of a module, kept current. */
export function useDeployments(ref: ModuleRefInEnvironment, rows: number) {
  const api = useApi(slipwayApiRef);
  return useLiveQuery({
    key: JSON.stringify([ref, rows]),
    fetch: () =>
      listRows(rows, paging => api.listModuleDeployments(ref, paging)),
    sequenceOf: page => page.sequence,
  });
}
