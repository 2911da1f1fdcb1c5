import type { FilePlace } from '@slipway/backstage-plugin-slipway-common';
import type { Place } from '../configRepos/placeOf';
import type { RepoModel } from '../status/types';

/** What a path is part of, as the API tells of it. */
export function toFilePlace(place: Place): FilePlace {
  switch (place.type) {
    case 'module': {
      const { type, environment, module } = place;
      return { type, environment, module, touches: [{ environment, module }] };
    }
    case 'shared':
      return place;
    case 'metadata':
      return { ...place, touches: [] };
    default:
      return { type: 'other', touches: [] };
  }
}

/** Where modules are below a directory. */
export function modulePathsBelow(model: RepoModel, path: string): string[] {
  return model.environments
    .flatMap(environment => environment.modules)
    .map(module => module.path)
    .filter(modulePath => modulePath.startsWith(`${path}/`));
}
