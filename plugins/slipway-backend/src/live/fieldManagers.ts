import type { FieldManager } from '@slipway/backstage-plugin-slipway-common';
import {
  fields,
  type Fields,
  isFields,
  rows,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import type { DeclaredDifference, Step } from './values/compareDeclared';

const MAX_MANAGERS = 20;
const MAX_DEPTH = 120;

/**
 * Who wrote fields of a live object, the latest first, each with those of its differing values that it wrote. Who only wrote the status
 * is left out: nobody declares that.
 *
 * @param differences - of the object, as the cluster has it
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export function fieldManagersOf(
  live: Fields,
  differences: readonly DeclaredDifference[],
): FieldManager[] {
  return entriesOf(live)
    .filter(({ subresource }) => subresource !== 'status')
    .map(entry => ({
      manager: text(entry.manager) ?? '',
      operation: text(entry.operation) ?? '',
      subresource: text(entry.subresource),
      at: text(entry.time),
      paths: differences
        .filter(
          ({ steps, live: value }) =>
            value !== undefined && wrote(entry.fieldsV1, steps),
        )
        .map(({ path }) => path),
    }))
    .sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? 1 : -1))
    .slice(0, MAX_MANAGERS);
}

/**
 * The part of a live object that a manager applied, as server-side apply remembers it; undefined where it applied nothing that way.
 *
 * @param managers - names of the manager
 */
export function appliedBy(
  live: Fields,
  managers: readonly string[],
): unknown | undefined {
  const entry = entriesOf(live).find(
    ({ manager, operation }) =>
      operation === 'Apply' && managers.includes(text(manager) ?? ''),
  );
  return entry && partOf(live, entry.fieldsV1, 0);
}

function entriesOf(live: Fields): Fields[] {
  return rows(fields(live.metadata).managedFields);
}

/** Whether a set of fields holds what is at the end of a path, or anything below it. */
function wrote(set: unknown, steps: readonly Step[]): boolean {
  let node = set;
  for (const step of steps) {
    if (!isFields(node)) return false;
    // A value that is owned as a whole has no fields of its own in the set.
    if (Object.keys(node).length === 0) return true;
    const next = 'field' in step ? node[`f:${step.field}`] : itemIn(node, step);
    if (next === undefined) return false;
    node = next;
  }
  return true;
}

function itemIn(
  node: Fields,
  { item, live }: { item: string; live?: unknown },
): unknown {
  for (const [name, value] of Object.entries(node)) {
    if (name === `i:${item}` || isItem(name, live)) return value;
  }
  return undefined;
}

/** `k:{"name":"web"}`: the item with these fields; `v:"web"`: the item that is this value. */
function isItem(name: string, item: unknown): boolean {
  if (name.startsWith('v:')) {
    return JSON.stringify(item) === JSON.stringify(parsed(name.slice(2)));
  }
  if (!name.startsWith('k:')) return false;
  const keys = parsed(name.slice(2));
  return (
    isFields(keys) &&
    isFields(item) &&
    Object.entries(keys).every(([key, value]) => item[key] === value)
  );
}

function partOf(live: unknown, set: unknown, depth: number): unknown {
  if (!isFields(set) || depth > MAX_DEPTH) return live;
  const names = Object.keys(set).filter(name => name !== '.');
  // A map without fields in the set was applied empty, whatever was put into it since.
  if (names.length === 0) return isFields(live) ? {} : live;
  if (Array.isArray(live)) {
    return live.flatMap((item, index) => {
      const name = names.find(one => one === `i:${index}` || isItem(one, item));
      return name === undefined ? [] : [partOf(item, set[name], depth + 1)];
    });
  }
  if (!isFields(live)) return live;
  return Object.fromEntries(
    names.flatMap(name => {
      const field = name.slice(2);
      return name.startsWith('f:') && Object.hasOwn(live, field)
        ? [[field, partOf(live[field], set[name], depth + 1)]]
        : [];
    }),
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
