import type { LiveObject } from '@slipway/backstage-plugin-slipway-common';
import { fields } from '@slipway/backstage-plugin-slipway-node';
import type { LiveAnswer, LiveRef } from './cluster/LiveReader';
import type { DeclaredObject } from './desired/types';
import {
  comparedObject,
  hasMark,
  hookTypeOf,
  isDelivered,
  keyOf,
  liveObject,
  reason,
} from './liveObject';
import { type ComparedList, type ComparedObject, MAX_OBJECTS } from './types';

/**
 * Compares what Git declares with what the cluster has, by what is declared alone. Values are told only of objects that the engine object
 * delivers, by its own word and by theirs: a manifest may name any object of the cluster.
 */
export async function compareWithGit(
  compared: ComparedObject,
  declared: readonly DeclaredObject[],
): Promise<ComparedList> {
  const delivered = new Map(
    compared.resources
      .filter(({ hookType }) => !hookType)
      .map(resource => [keyOf(resource), resource]),
  );
  const wanted = new Map(
    declared.map(one => {
      const ref = placed(one.ref, compared);
      return [keyOf(ref), { ...one, ref }];
    }),
  );
  const read = [...wanted.values()].slice(0, MAX_OBJECTS);
  const objects = (
    await Promise.all(
      read.map(one => compareOne(one, { compared, delivered, wanted })),
    )
  ).flatMap(object => object ?? []);
  // What was not read may belong to no namespace.
  const kept = new Set(
    [...wanted.values()].flatMap(({ ref }) => [
      keyOf(ref),
      keyOf({ ...ref, namespace: '' }),
    ]),
  );
  const gone = [...delivered.values()].filter(
    resource => !kept.has(keyOf(resource)),
  );
  const pruned = await Promise.all(
    gone
      .slice(0, MAX_OBJECTS - read.length)
      .map(resource => pruneOne(resource, compared)),
  );
  return {
    objects: [...objects, ...pruned.flat()],
    hooksKnown: true,
    more: wanted.size + gone.length - objects.length - pruned.length,
  };
}

function placed(ref: LiveRef, { object }: ComparedObject): LiveRef {
  const { namespace, overridesNamespace } = object.destination;
  const own = overridesNamespace ? namespace : ref.namespace || namespace;
  return { ...ref, namespace: own ?? 'default' };
}

interface OneOptions {
  compared: ComparedObject;
  delivered: ReadonlyMap<string, unknown>;
  wanted: ReadonlyMap<string, DeclaredObject>;
}

async function compareOne(
  { ref, object, encrypted }: DeclaredObject,
  options: OneOptions,
): Promise<LiveObject | undefined> {
  const { compared, delivered, wanted } = options;
  const { marks, reader } = compared;
  if (hasMark(object, marks?.leftAlone)) {
    return liveObject(ref, 'Same', { reason: reason('liveLeftAlone') });
  }
  const hookType = hookTypeOf(object, marks);
  if (hookType) return liveObject(ref, 'Hook', { hookType });
  const answer = await reader.read(ref);
  if (answer.state === 'unknown') return unread(ref, answer, wanted);
  const exact = answer.namespaced ? ref : { ...ref, namespace: '' };
  if (answer.state === 'missing') return liveObject(exact, 'Created');
  const { object: live } = answer;
  if (
    !delivered.has(keyOf(exact)) ||
    !isDelivered(live, compared.object, marks)
  ) {
    return liveObject(exact, 'Changed', { reason: reason('liveNotDelivered') });
  }
  if (encrypted) {
    return liveObject(exact, 'Unknown', { reason: reason('liveEncrypted') });
  }
  return comparedObject(
    exact,
    { live, desired: object, marks },
    compared.effort,
  );
}

/** A kind that comes with the same sync is not served yet, and so none of it is there. */
function unread(
  ref: LiveRef,
  answer: LiveAnswer & { state: 'unknown' },
  wanted: ReadonlyMap<string, DeclaredObject>,
): LiveObject {
  const comes = [...wanted.values()].some(({ object }) => {
    const { group, names } = fields(object.spec);
    return (
      object.kind === 'CustomResourceDefinition' &&
      group === ref.group &&
      fields(names).kind === ref.kind
    );
  });
  return answer.reason.code === 'kindNotServedHere' && comes
    ? liveObject(ref, 'Created')
    : liveObject(ref, 'Unknown', { reason: answer.reason });
}

/** What the engine object delivered and Git no longer declares; nothing where it is gone already. */
async function pruneOne(
  resource: ComparedObject['resources'][number],
  { object, marks, reader }: ComparedObject,
): Promise<LiveObject[]> {
  const answer = await reader.read(resource);
  if (answer.state === 'missing') return [];
  if (answer.state === 'unknown') {
    return resource.requiresPruning
      ? [liveObject(resource, 'Pruned')]
      : [liveObject(resource, 'Unknown', { reason: answer.reason })];
  }
  if (hookTypeOf(answer.object, marks)) return [];
  // The last sync also made what it does not keep an eye on, such as the namespace.
  if (!isDelivered(answer.object, object, marks)) return [];
  return hasMark(answer.object, marks?.kept)
    ? [liveObject(resource, 'Same', { reason: reason('livePruneOff') })]
    : [liveObject(resource, 'Pruned')];
}
