import type {
  ModuleCounts,
  ModuleState,
  ModuleStateFileSync,
  ModuleStateHealth,
  ModuleStateSync,
} from '../schema/openapi';
import { compareTimes, earliest } from './times';
import { worstFileSync, worstHealth, worstSync } from './worst';

/**
 * A module over all its targets: the worst of each of the independent things, still apart.
 *
 * @public
 */
export interface FoldedModuleState {
  health: ModuleStateHealth;
  sync: ModuleStateSync;
  fileSync: ModuleStateFileSync;
  /** The oldest as-of; absent when a target never reported. */
  asOf?: string;
  /** Whether a target shows its last known state only. */
  stale: boolean;
}

/**
 * Folds the states of one module on its targets. Reason and since are those of a target that is in the worst state, the one that
 * has been for longest. Without any target nothing is known but that it is not deployed.
 *
 * @public
 */
export function foldModuleStates(
  states: readonly ModuleState[],
): FoldedModuleState {
  const health = worstHealth(states.map(state => state.health.state));
  const sync = worstSync(states.map(state => state.sync.state));
  const fileSync = worstFileSync(states.map(state => state.fileSync.state));
  const reportedAt = states.map(state => state.asOf);
  const worstFile = states
    .map(state => state.fileSync)
    .filter(({ state }) => state === fileSync)
    .sort((a, b) => (b.commits ?? -1) - (a.commits ?? -1))[0];
  const asOf = reportedAt.every(at => at !== undefined)
    ? earliest(reportedAt)
    : undefined;
  return {
    health: states
      .map(state => state.health)
      .filter(({ state }) => state === health)
      .sort((a, b) => compareTimes(a.since, b.since))[0] ?? { state: health },
    sync: states
      .map(state => state.sync)
      .find(({ state }) => state === sync) ?? { state: sync },
    fileSync: worstFile ?? { state: fileSync },
    ...(asOf !== undefined && { asOf }),
    stale: states.some(state => state.stale),
  };
}

/**
 * Counts modules by their worst state over all targets. States that no module is in are left out.
 *
 * @public
 */
export function moduleCounts(
  modules: Iterable<{ states: readonly ModuleState[] }>,
): ModuleCounts {
  const counts: ModuleCounts = { total: 0, health: {}, sync: {}, fileSync: {} };
  for (const { states } of modules) {
    const { health, sync, fileSync } = foldModuleStates(states);
    counts.total += 1;
    counts.health[health.state] = (counts.health[health.state] ?? 0) + 1;
    counts.sync[sync.state] = (counts.sync[sync.state] ?? 0) + 1;
    counts.fileSync[fileSync.state] =
      (counts.fileSync[fileSync.state] ?? 0) + 1;
  }
  return counts;
}
