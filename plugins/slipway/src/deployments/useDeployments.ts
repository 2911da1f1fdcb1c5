import { useCallback, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { ModuleRefInEnvironment } from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { listRows, useLiveQuery } from '../live';

/** Rows that come first, and that each *Show more* adds. */
const ROWS_STEP = 50;

/** The newest deployments of a module, kept current; `more` asks for older ones too. */
export function useDeployments(ref: ModuleRefInEnvironment) {
  const api = useApi(slipwayApiRef);
  const [rows, setRows] = useState(ROWS_STEP);
  const query = useLiveQuery({
    key: JSON.stringify([ref, rows]),
    fetch: () =>
      listRows(rows, paging => api.listModuleDeployments(ref, paging)),
    sequenceOf: page => page.sequence,
  });
  const more = useCallback(() => setRows(shown => shown + ROWS_STEP), []);
  return { query, more };
}
