import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  EnvironmentFilters,
  parseFilters,
  ROWS_STEP,
  writeFilters,
} from './environmentFilters';

export interface EnvironmentFiltersState {
  filters: EnvironmentFilters;
  /**
   * Changes some of them. `replace` keeps the browser's history as it is: for typing, where each letter is not a step.
   * Any change but of `rows` begins at the first rows again.
   */
  change: (
    patch: Partial<EnvironmentFilters>,
    options?: { replace?: boolean },
  ) => void;
  /** Search and filters away; managed/unmanaged and the order stay. */
  clear: () => void;
}

/** The filters of the list, kept in the URL. */
export function useEnvironmentFilters(): EnvironmentFiltersState {
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => parseFilters(params), [params]);

  const change = useCallback<EnvironmentFiltersState['change']>(
    (patch, options) => {
      setParams(
        current =>
          writeFilters(current, {
            ...parseFilters(current),
            rows: ROWS_STEP,
            ...patch,
          }),
        { replace: options?.replace },
      );
    },
    [setParams],
  );
  const clear = useCallback(
    () => change({ search: '', stages: [], clusters: [], deployStates: [] }),
    [change],
  );
  return { filters, change, clear };
}
