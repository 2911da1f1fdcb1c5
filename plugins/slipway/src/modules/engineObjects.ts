import type { EngineObjectDetails } from '@slipway/backstage-plugin-slipway-common';
import { engineName } from '../status';

/** The sync engines that carry a module, by name: `Argo CD`, `Argo CD, Flux`. */
export function enginesOf(objects: EngineObjectDetails[]): string {
  return [...new Set(objects.map(({ ref }) => engineName(ref.engine)))].join(
    ', ',
  );
}

/** Whether some, or all, of the engine objects deliver nothing until they are resumed. */
export function suspendedOf(
  objects: EngineObjectDetails[],
): 'none' | 'some' | 'all' {
  const count = objects.filter(({ health }) => health === 'Suspended').length;
  if (count === 0) return 'none';
  return count === objects.length ? 'all' : 'some';
}

/** Whether a sync runs that can still be stopped. */
export function isSyncing(objects: EngineObjectDetails[]): boolean {
  return objects.some(({ operation }) => operation?.phase === 'Running');
}
