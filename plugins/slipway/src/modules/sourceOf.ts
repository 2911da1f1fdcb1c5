import type { ModuleState } from '@slipway/backstage-plugin-slipway-common';
import { engineName } from '../status';

/** The engine objects that say so: `Argo CD argocd/prod2-checkout @ centre`. */
export function sourceOf(states: ModuleState[]): string | undefined {
  const objects = states.flatMap(state => state.engineObjects);
  return objects.length > 0
    ? objects
        .map(
          ({ cluster, engine, name, namespace }) =>
            `${engineName(engine)} ${namespace}/${name} @ ${cluster}`,
        )
        .join(', ')
    : undefined;
}
