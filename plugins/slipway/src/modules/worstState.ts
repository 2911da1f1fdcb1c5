import type {
  FileSyncState,
  HealthState,
  ModuleState,
  SyncState,
} from '@slipway/backstage-plugin-slipway-common';

/** The worst first. */
const health: readonly HealthState[] = [
  'Degraded',
  'Missing',
  'Unknown',
  'Progressing',
  'Suspended',
  'Healthy',
];
const sync: readonly SyncState[] = ['Unknown', 'OutOfSync', 'Synced'];
const fileSync: readonly FileSyncState[] = [
  'Diverged',
  'Unknown',
  'Behind',
  'NotDeployed',
  'Current',
];

function worst<T extends { state: string }>(
  order: readonly string[],
  states: T[],
): T | undefined {
  return [...states].sort(
    (a, b) => order.indexOf(a.state) - order.indexOf(b.state),
  )[0];
}

/** What a module on several targets shows: the worst of each of the three, and whether any of them is stale. */
export function worstState(states: ModuleState[]) {
  return {
    health: worst(
      health,
      states.map(state => state.health),
    ),
    sync: worst(
      sync,
      states.map(state => state.sync),
    ),
    fileSync: worst(
      fileSync,
      states.map(state => state.fileSync),
    ),
    stale: states.some(state => state.stale),
    asOf: states
      .map(state => state.asOf)
      .filter(asOf => asOf !== undefined)
      .sort()[0],
  };
}
