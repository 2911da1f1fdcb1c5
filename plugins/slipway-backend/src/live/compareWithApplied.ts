import type { LiveObject } from '@slipway/backstage-plugin-slipway-common';
import { fieldManagersOf } from './fieldManagers';
import { lastApplied } from './compareObject';
import {
  comparedObject,
  isDelivered,
  keyOf,
  liveObject,
  reason,
} from './liveObject';
import { type ComparedList, type ComparedObject, MAX_OBJECTS } from './types';

/**
 * Compares what the cluster has with what was applied last, as far as objects tell. What Git holds now is not looked at.
 */
export async function compareWithApplied(
  compared: ComparedObject,
): Promise<ComparedList> {
  const resources = [
    ...new Map(
      compared.resources
        // What the last sync pruned is meant to be gone.
        .filter(({ hookType, status }) => !hookType && status !== 'Pruned')
        .map(resource => [keyOf(resource), resource]),
    ).values(),
  ];
  const read = resources.slice(0, MAX_OBJECTS);
  const answers = await Promise.all(read.map(one => compareOne(one, compared)));
  const left = answers.filter(answer => answer === undefined).length;
  return {
    objects: answers.flatMap(answer => answer ?? []),
    hooksKnown: false,
    more: resources.length - read.length + left,
  };
}

async function compareOne(
  resource: ComparedObject['resources'][number],
  { effort, object: engineObject, marks, reader }: ComparedObject,
): Promise<LiveObject[] | undefined> {
  const answer = await reader.read(resource);
  if (answer.state === 'unknown') {
    return [liveObject(resource, 'Unknown', { reason: answer.reason })];
  }
  if (answer.state === 'missing') return [liveObject(resource, 'Created')];
  if (resource.requiresPruning) return [liveObject(resource, 'Pruned')];
  const { object: live } = answer;
  if (!isDelivered(live, engineObject, marks)) {
    // A namespace that a sync makes aside is nobody's to compare.
    if (resource.kind === 'Namespace') return [];
    const why = reason('liveNotDelivered');
    return [liveObject(resource, 'Unknown', { reason: why })];
  }
  const desired = lastApplied(live);
  const object = desired
    ? await comparedObject(
        resource,
        { live, desired, before: desired, marks },
        effort,
      )
    : liveObject(resource, 'Unknown', {
        reason: reason('appliedUnknown'),
        managers: fieldManagersOf(live, []),
      });
  if (!object) return undefined;
  const isBehind = object.state === 'Same' && resource.status === 'OutOfSync';
  return isBehind
    ? [{ ...object, state: 'Changed', reason: reason('outOfSyncByEngine') }]
    : [object];
}
