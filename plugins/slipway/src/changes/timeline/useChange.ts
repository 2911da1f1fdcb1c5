import { useApi } from '@backstage/frontend-plugin-api';
import { slipwayApiRef } from '../../api';
import { useLiveQuery } from '../../live';

/** One change, kept current while it is on its way. */
export function useChange(change: number) {
  const api = useApi(slipwayApiRef);
  return useLiveQuery({
    key: String(change),
    fetch: () => api.getChange(change),
    sequenceOf: ({ sequence }) => sequence,
  });
}
