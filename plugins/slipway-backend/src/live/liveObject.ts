import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  LiveObject,
  LiveObjectState,
  Reason,
} from '@slipway/backstage-plugin-slipway-common';
import {
  type EngineMarks,
  type EngineObject,
  fields,
  type Fields,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import type { LiveRef } from './cluster/LiveReader';
import type { Effort } from './Effort';
import {
  compareObject,
  type ObjectDifferences,
  WithheldObject,
} from './compareObject';

/** Names an object on its cluster, whatever the version. */
export function keyOf({ group, kind, namespace, name }: LiveRef): string {
  return JSON.stringify([group, kind, namespace, name]);
}

export function liveObject(
  ref: LiveRef,
  state: LiveObjectState,
  more: Partial<LiveObject> = {},
): LiveObject {
  const { group, version, kind, namespace, name } = ref;
  return {
    ...{ group, version, kind, namespace, name, state },
    differences: [],
    managers: [],
    ...more,
  };
}

/**
 * What comes of comparing an object that there is. Others have their turn between one object and the next.
 *
 * @returns undefined where comparing has taken all that it may
 */
export async function comparedObject(
  ref: LiveRef,
  options: Parameters<typeof compareObject>[0],
  effort: Effort,
): Promise<LiveObject | undefined> {
  await nextTurn();
  if (effort.isSpent) return undefined;
  let compared: ObjectDifferences;
  try {
    compared = effort.measure(() => compareObject(options));
  } catch (error) {
    if (!(error instanceof WithheldObject)) throw error;
    return liveObject(ref, 'Unknown', { reason: reason('liveWithheld') });
  }
  const state = compared.differences.length > 0 ? 'Changed' : 'Same';
  return liveObject(ref, state, compared);
}

/** Whether the cluster's object says that the engine object delivered it; any other is none of its readers' business. */
export function isDelivered(
  live: Fields,
  {
    key,
    controllerNamespace,
  }: Pick<EngineObject, 'key' | 'controllerNamespace'>,
  marks: EngineMarks | undefined,
): boolean {
  const { labels, annotations } = fields(live.metadata);
  const says = (name: string, value: string) =>
    [labels, annotations].some(map => {
      const said = text(fields(map)[name]);
      return said === value || said?.startsWith(`${value}:`);
    });
  const qualified =
    controllerNamespace === key.namespace
      ? key.name
      : `${key.namespace}_${key.name}`;
  return (marks?.owners ?? []).some(mark =>
    mark.type === 'oneKey'
      ? says(mark.key, qualified)
      : (mark.kind === undefined || mark.kind === key.kind) &&
        says(mark.name, key.name) &&
        says(mark.namespace, key.namespace),
  );
}

/** The type of a hook; undefined for what is none. */
export function hookTypeOf(
  object: Fields,
  marks: EngineMarks | undefined,
): string | undefined {
  const { annotations } = fields(object.metadata);
  return marks?.hooks
    .map(name => text(fields(annotations)[name]))
    .find(type => type !== undefined);
}

/** Whether a manifest has one of some marks. */
export function hasMark(
  object: Fields,
  wanted: EngineMarks['kept'] | undefined,
): boolean {
  const { annotations, labels } = fields(object.metadata);
  return (wanted ?? []).some(({ key, value }) =>
    [annotations, labels].some(map =>
      (text(fields(map)[key]) ?? '')
        .split(',')
        .some(one => one.trim().toLowerCase() === value.toLowerCase()),
    ),
  );
}

export function reason(
  code: string,
  params: Record<string, string> = {},
): Reason {
  return { code, params };
}
