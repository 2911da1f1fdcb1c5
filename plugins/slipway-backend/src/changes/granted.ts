import type { Place } from '../configRepos/placeOf';
import type { PlannedChange } from './plan/types';
import type { Granted } from './types';

/** What the gate must grant for a change to go. */
export function grantedFor({
  touches,
  places,
}: Pick<PlannedChange, 'touches' | 'places'>): Granted {
  const described = places.flatMap(({ place }) => environmentOf(place));
  return {
    environments: [
      ...new Set([...touches.map(one => one.environment), ...described]),
    ].sort(),
    admin: places.some(
      ({ place }) => place.type === 'metadata' || place.type === 'other',
    ),
  };
}

function environmentOf(place: Place): string[] {
  return place.type === 'metadata' && place.environment !== undefined
    ? [place.environment]
    : [];
}
