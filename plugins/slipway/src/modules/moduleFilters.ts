import type {
  FileSyncState,
  HealthState,
  Module,
  SyncState,
} from '@slipway/backstage-plugin-slipway-common';
import { worstState } from './worstState';

/** The three states that the table filters by, named as in the URL. */
export const moduleFilterNames = ['health', 'sync', 'fileSync'] as const;
export type ModuleFilterName = (typeof moduleFilterNames)[number];

export const moduleStates: {
  health: readonly HealthState[];
  sync: readonly SyncState[];
  fileSync: readonly FileSyncState[];
} = {
  health: [
    'Healthy',
    'Progressing',
    'Degraded',
    'Suspended',
    'Missing',
    'Unknown',
  ],
  sync: ['Synced', 'OutOfSync', 'Unknown'],
  fileSync: ['Current', 'Behind', 'Diverged', 'NotDeployed', 'Unknown'],
};

/** The modules whose worst state is the one asked for, in each of the three. */
export function filterModules(
  modules: Module[],
  params: URLSearchParams,
): Module[] {
  return modules.filter(module => {
    const worst = worstState(module.states);
    return moduleFilterNames.every(name => {
      const known: readonly string[] = moduleStates[name];
      const wanted = params.get(name);
      return (
        !wanted || !known.includes(wanted) || worst[name]?.state === wanted
      );
    });
  });
}
