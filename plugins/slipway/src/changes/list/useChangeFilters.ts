import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  CHANGE_ROWS,
  ChangeFilters,
  parseChangeFilters,
  writeChangeFilters,
} from './changeFilters';

/** The filters of the list, kept in the URL. Any change but of `rows` begins at the first rows again. */
export function useChangeFilters() {
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => parseChangeFilters(params), [params]);
  const change = useCallback(
    (patch: Partial<ChangeFilters>) =>
      setParams(
        current =>
          writeChangeFilters(current, {
            ...parseChangeFilters(current),
            rows: CHANGE_ROWS,
            ...patch,
          }),
        // Typing and paging are no steps to go back to.
        { replace: 'search' in patch || 'rows' in patch },
      ),
    [setParams],
  );
  return { filters, change };
}
