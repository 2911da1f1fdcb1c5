import type {
  LiveObject,
  ValueDifference,
} from '@slipway/backstage-plugin-slipway-common';
import {
  type EngineMarks,
  fields,
  type Fields,
  isFields,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import { maskPair } from '../manifests/masking';
import { isSecretText } from '../manifests/masking/markers';
import { appliedBy, fieldManagersOf } from './fieldManagers';
import {
  compareDeclared,
  type DeclaredDifference,
} from './values/compareDeclared';

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Differences of one object that are told one by one. */
const MAX_DIFFERENCES = 100;
const MAX_VALUE_LENGTH = 2_000;
/** Groups whose kinds are Kubernetes' own, with those that have no dot. */
const BUILTIN_GROUP = /^(?:[^.]*|(?:[a-z0-9-]+\.)+k8s\.io)$/;
const SECRET_FIELDS = ['data', 'stringData'];
const MASKED = /^⟪masked:\d+\*?⟫$/;

/** Thrown for an object in which secret values could not be told from others. */
export class WithheldObject extends Error {}

export type ObjectDifferences = Pick<
  LiveObject,
  'differences' | 'more' | 'managers'
>;

/**
 * Compares a live object with what it should be.
 *
 * @param options - `before`: what was declared before, which is removed where it no longer is; read from `live` when absent
 * @throws WithheldObject when it might be a Secret and is too large or too deep to be read
 * @returns nothing in `differences` when it is as declared; no value of a Secret object, nor of a copy of one in its annotations
 */
export function compareObject(options: {
  live: Fields;
  desired: Fields;
  before?: unknown;
  marks?: EngineMarks;
}): ObjectDifferences {
  const { live, marks } = options;
  const before = options.before ?? declaredBefore(live, marks);
  const builtin = BUILTIN_GROUP.test(groupOf(options.desired));
  const [shownLive, shownDesired] = masked(
    withoutCopies(live),
    withoutCopies(asLive(options.desired, live)),
  );
  // Values of secrets are compared by their marks, which tell whether they are the same.
  const found = compareDeclared({
    live: shownLive,
    desired: shownDesired,
    before: withoutCopies(fields(before)),
    builtin,
  }).filter(({ steps }) => !isServerOwned(steps));
  return {
    differences: found
      .slice(0, MAX_DIFFERENCES)
      .map(one => toDifference(one, isSecret(live))),
    more:
      found.length > MAX_DIFFERENCES
        ? found.length - MAX_DIFFERENCES
        : undefined,
    managers: fieldManagersOf(live, found),
  };
}

/** With the identity that it has on the cluster, by which secret values are told to be the same. */
function asLive(desired: Fields, live: Fields): Fields {
  const { name, namespace } = fields(live.metadata);
  return {
    ...desired,
    apiVersion: live.apiVersion,
    kind: live.kind,
    metadata: { ...fields(desired.metadata), name, namespace },
  };
}

/** What was applied last, by the object's own word: as kubectl notes it, else as server-side apply does. */
export function lastApplied(live: Fields): Fields | undefined {
  const noted = text(fields(fields(live.metadata).annotations)[LAST_APPLIED]);
  try {
    const value: unknown = noted && JSON.parse(noted);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function declaredBefore(live: Fields, marks: EngineMarks | undefined): unknown {
  const before =
    lastApplied(live) ?? appliedBy(live, marks?.fieldManagers ?? []);
  if (!isFields(before)) return undefined;
  const metadata = fields(before.metadata);
  const isMark = (key: string) =>
    marks?.metadata.some(start => key.startsWith(start)) ?? false;
  const unmarked = (map: unknown) =>
    Object.fromEntries(
      Object.entries(fields(map)).filter(([key]) => !isMark(key)),
    );
  return {
    ...before,
    metadata: {
      labels: unmarked(metadata.labels),
      annotations: unmarked(metadata.annotations),
    },
  };
}

/** Without the copy of itself that an object may carry, and with the values of a Secret as the cluster holds them. */
function withoutCopies(object: Fields): Fields {
  const { status: _, ...rest } = object;
  const metadata = fields(object.metadata);
  const annotations = { ...fields(metadata.annotations) };
  delete annotations[LAST_APPLIED];
  const made: Fields = {
    ...rest,
    ...(isFields(object.metadata) && {
      metadata: {
        ...metadata,
        managedFields: undefined,
        ...(isFields(metadata.annotations) && { annotations }),
      },
    }),
  };
  if (!isSecret(object) || !isFields(object.stringData)) return made;
  const encoded = Object.entries(object.stringData).map(([key, value]) => [
    key,
    Buffer.from(String(value ?? ''), 'utf8').toString('base64'),
  ]);
  delete made.stringData;
  return {
    ...made,
    data: { ...fields(object.data), ...Object.fromEntries(encoded) },
  };
}

function masked(live: Fields, desired: Fields): [unknown, unknown] {
  const { before, after } = maskPair({
    path: 'object.json',
    before: toJson(live),
    after: toJson(desired),
  });
  try {
    return [JSON.parse(before ?? 'null'), JSON.parse(after ?? 'null')];
  } catch {
    throw new WithheldObject();
  }
}

/** A byte order mark inside of a text is no YAML, as which it is read for masking. */
function toJson(object: Fields): string {
  return JSON.stringify(object).replaceAll('\ufeff', '\\ufeff');
}

function isSecret(object: Fields): boolean {
  return object.kind === 'Secret' && groupOf(object) === '';
}

export function groupOf({ apiVersion }: Fields): string {
  const [group, version] = (text(apiVersion) ?? '').split('/');
  return version === undefined ? '' : group;
}

/** What says which object it is, and what only an API server writes. */
function isServerOwned(steps: DeclaredDifference['steps']): boolean {
  const [first, second] = steps.map(step =>
    'field' in step ? step.field : '',
  );
  return (
    ['apiVersion', 'kind', 'status'].includes(first) ||
    (first === 'metadata' &&
      !['labels', 'annotations', 'finalizers'].includes(second))
  );
}

function toDifference(
  { path, steps, live, desired }: DeclaredDifference,
  secret: boolean,
): ValueDifference {
  const [first] = steps;
  const isField =
    first && 'field' in first && SECRET_FIELDS.includes(first.field);
  // Tools of all kinds keep copies of an object in its annotations.
  const isCopy = [live, desired].some(value => isSecretText(written(value)));
  const shown = (value: unknown) =>
    textOf(value, secret && (isField || isCopy));
  return { path, left: shown(live), right: shown(desired), expected: false };
}

function textOf(
  value: unknown,
  secret: boolean | undefined,
): string | undefined {
  if (value === undefined) return undefined;
  const said = written(value);
  // Values were masked before; this is in case they could not be found.
  if (secret && !MASKED.test(said)) return '⟪masked⟫';
  return said.length > MAX_VALUE_LENGTH
    ? `${said.slice(0, MAX_VALUE_LENGTH)}…`
    : said;
}

function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value) ?? '';
}
