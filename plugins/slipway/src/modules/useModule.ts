import { useApi } from '@backstage/frontend-plugin-api';
import type { ModuleRefInEnvironment } from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { useLiveQuery } from '../live';

/** One module with what its engine objects say, kept current. */
export function useModule(ref: ModuleRefInEnvironment) {
  const api = useApi(slipwayApiRef);
  return useLiveQuery({
    key: JSON.stringify(ref),
    fetch: () => api.getModule(ref),
    sequenceOf: details => details.sequence,
  });
}
