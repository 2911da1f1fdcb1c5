import type { LiveObject } from '@slipway/backstage-plugin-slipway-common';
import {
  type EngineManagedResource,
  type EngineManagedResources,
  fields,
} from '@slipway/backstage-plugin-slipway-node';
import { hasMark, liveObject, comparedObject, reason } from './liveObject';
import { type ComparedList, type ComparedObject, MAX_OBJECTS } from './types';

/** What the engine itself says of each resource, with its own way to compare. */
export async function compareByEngine(
  compared: Omit<ComparedObject, 'reader'> & Partial<ComparedObject>,
  { resources, hooks }: EngineManagedResources,
): Promise<ComparedList> {
  const told = resources.slice(0, MAX_OBJECTS);
  const answers = await Promise.all(
    told.map(resource => compareOne(resource, compared)),
  );
  const objects = answers.flatMap(answer => answer ?? []);
  const left = answers.filter(answer => answer === undefined).length;
  const hookObjects = (hooks ?? [])
    .slice(0, MAX_OBJECTS)
    .map(hook => liveObject(hook, 'Hook', { hookType: hook.hookType }));
  return {
    objects: [...objects, ...hookObjects],
    hooksKnown: hooks !== undefined,
    more: resources.length - told.length + left,
  };
}

async function compareOne(
  resource: EngineManagedResource,
  {
    effort,
    marks,
    reader,
  }: Pick<ComparedObject, 'effort' | 'marks'> & Partial<ComparedObject>,
): Promise<LiveObject[] | undefined> {
  const { live, predicted, modified, ...ref } = resource;
  if (!live) return predicted ? [liveObject(ref, 'Created')] : [];
  if (!predicted) {
    return hasMark(live, marks?.kept)
      ? [liveObject(ref, 'Same', { reason: reason('livePruneOff') })]
      : [liveObject(ref, 'Pruned')];
  }
  if (!modified) return [liveObject(ref, 'Same')];
  // Who wrote what is in the object alone.
  const [version] = String(live.apiVersion ?? '')
    .split('/')
    .reverse();
  const answer = await reader?.read({ ...ref, version: version || undefined });
  const managedFields =
    answer?.state === 'found'
      ? fields(answer.object.metadata).managedFields
      : undefined;
  const metadata = { ...fields(live.metadata), managedFields };
  const object = await comparedObject(
    ref,
    {
      live: { ...live, metadata },
      desired: predicted,
      before: live,
      marks,
    },
    effort,
  );
  // By the engine's word, whatever of it can be shown.
  return object && [{ ...object, state: 'Changed' }];
}
