import { useRef } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Finding,
  SlipwayApi,
} from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { keepIdentity, listAll, LiveQuery, useLiveQuery } from '../live';
import type { ListedModule } from './moduleFilters';

/** Which modules a list is about: one environment's, or what a catalog entity's annotations choose. */
export type ModuleScope =
  | { configRepo: string; environment: string }
  | { entityRef: string };

export interface ModuleList {
  items: ListedModule[];
  findings: Finding[];
  sequence: number;
}

async function readModules(
  api: SlipwayApi,
  scope: ModuleScope,
): Promise<ModuleList> {
  if ('entityRef' in scope) {
    return listAll(paging => api.findModules({ ...scope, ...paging }));
  }
  const { items, sequence } = await listAll(paging =>
    api.listModules(scope, paging),
  );
  return { items: items.map(module => ({ module })), findings: [], sequence };
}

/** All modules in scope, kept current. */
export function useModules(scope: ModuleScope): LiveQuery<ModuleList> {
  const api = useApi(slipwayApiRef);
  const shown = useRef<ListedModule[]>([]);
  return useLiveQuery({
    key: JSON.stringify(scope),
    fetch: async () => {
      const list = await readModules(api, scope);
      shown.current = keepIdentity(
        shown.current,
        list.items,
        ({ module }) =>
          `${module.configRepo}/${module.environment}/${module.name}`,
      );
      return { ...list, items: shown.current };
    },
    sequenceOf: list => list.sequence,
  });
}
