import type { FileSyncState, HealthState, SyncState } from '../schema/openapi';

/**
 * Health from best to worst, in Argo CD's own order. Unknown is worst: nobody can say that it is not any of the others.
 *
 * @public
 */
export const HEALTH_ORDER: readonly HealthState[] = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Missing',
  'Degraded',
  'Unknown',
];

/**
 * Sync from best to worst.
 *
 * @public
 */
export const SYNC_ORDER: readonly SyncState[] = [
  'Synced',
  'OutOfSync',
  'Unknown',
];

/**
 * File sync from best to worst: waiting for its turn, never had one, and running what the branch does not know.
 *
 * @public
 */
export const FILE_SYNC_ORDER: readonly FileSyncState[] = [
  'Current',
  'Behind',
  'NotDeployed',
  'Diverged',
  'Unknown',
];

/**
 * The worst of some healths, by {@link HEALTH_ORDER}; `Unknown` of none.
 *
 * @public
 */
export function worstHealth(states: Iterable<HealthState>): HealthState {
  return worst(states, HEALTH_ORDER) ?? 'Unknown';
}

/**
 * The worst of some syncs, by {@link SYNC_ORDER}; `Unknown` of none.
 *
 * @public
 */
export function worstSync(states: Iterable<SyncState>): SyncState {
  return worst(states, SYNC_ORDER) ?? 'Unknown';
}

/**
 * The worst of some file syncs, by {@link FILE_SYNC_ORDER}; `NotDeployed` of none, as nothing delivers it.
 *
 * @public
 */
export function worstFileSync(states: Iterable<FileSyncState>): FileSyncState {
  return worst(states, FILE_SYNC_ORDER) ?? 'NotDeployed';
}

function worst<T>(states: Iterable<T>, order: readonly T[]): T | undefined {
  let found: T | undefined;
  for (const state of states) {
    if (found === undefined || order.indexOf(state) > order.indexOf(found)) {
      found = state;
    }
  }
  return found;
}
