import type {
  FileSyncState,
  HealthState,
  ModuleCounts,
  SyncState,
} from '@slipway/backstage-plugin-slipway-common';
import type { StateOf } from '../status';

const health: readonly HealthState[] = [
  'Healthy',
  'Progressing',
  'Degraded',
  'Suspended',
  'Missing',
  'Unknown',
];
/**
 * What is as it should be in sync and files is not worth a mark of its own,
 * and files that were never deployed are what the deploy status tells.
 */
const sync: readonly SyncState[] = ['OutOfSync', 'Unknown'];
const fileSync: readonly FileSyncState[] = ['Behind', 'Diverged', 'Unknown'];

export type CountedState = Extract<
  StateOf,
  { of: 'health' | 'sync' | 'fileSync' }
> & { count: number };

/** The states worth a mark on an environment's row, each with how many modules are in it. */
export function countedStates(counts: ModuleCounts): CountedState[] {
  const all: CountedState[] = [
    ...health.map(state => ({
      of: 'health' as const,
      state,
      count: counts.health[state] ?? 0,
    })),
    ...sync.map(state => ({
      of: 'sync' as const,
      state,
      count: counts.sync[state] ?? 0,
    })),
    ...fileSync.map(state => ({
      of: 'fileSync' as const,
      state,
      count: counts.fileSync[state] ?? 0,
    })),
  ];
  return all.filter(counted => counted.count > 0);
}
