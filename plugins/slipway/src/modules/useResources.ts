import { useCallback, useMemo } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { ModuleRefInEnvironment } from '@slipway/backstage-plugin-slipway-common';
import { useSearchParams } from 'react-router-dom';
import { slipwayApiRef } from '../api';
import { listRows, useLiveQuery } from '../live';
import {
  parseResourceFilters,
  RESOURCE_ROWS,
  ResourceFilters,
  toResourceQuery,
  writeResourceFilters,
} from './resourceFilters';

/** The filters of the resource table, kept in the URL. Any change but of `rows` begins at the first rows again. */
export function useResourceFilters() {
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => parseResourceFilters(params), [params]);
  const change = useCallback(
    (patch: Partial<ResourceFilters>) =>
      setParams(
        current =>
          writeResourceFilters(current, {
            ...parseResourceFilters(current),
            rows: RESOURCE_ROWS,
            ...patch,
          }),
        { replace: true },
      ),
    [setParams],
  );
  return { filters, change };
}

/** A module's resources that match the filters, kept current. */
export function useResources(
  ref: ModuleRefInEnvironment,
  filters: ResourceFilters,
) {
  const api = useApi(slipwayApiRef);
  return useLiveQuery({
    key: JSON.stringify([ref, filters]),
    fetch: () =>
      listRows(filters.rows, paging =>
        api.listModuleResources(ref, {
          ...toResourceQuery(filters),
          ...paging,
        }),
      ),
    sequenceOf: page => page.sequence,
  });
}
