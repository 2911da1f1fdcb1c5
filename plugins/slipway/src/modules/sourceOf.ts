import type { ModuleState } from '@slipway/backstage-plugin-slipway-common';
import { engineName, engineObjectName } from '../status';

/** The engine objects that say so: `Argo CD argocd/prod2-checkout @ centre`. */
export function sourceOf(states: ModuleState[]): string | undefined {
  const objects = states.flatMap(state => state.engineObjects);
  return objects.length > 0
    ? objects
        .map(ref => `${engineName(ref.engine)} ${engineObjectName(ref)}`)
        .join(', ')
    : undefined;
}
