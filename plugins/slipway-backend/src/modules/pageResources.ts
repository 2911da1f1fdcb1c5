import { InputError } from '@backstage/errors';
import type {
  ModuleResource,
  ModuleResourcePage,
  ResourceSort,
} from '@slipway/backstage-plugin-slipway-common';
import { searchWords } from '../database/search';

export interface PageResourcesOptions {
  kinds?: string[];
  /** Statuses, health states or hook phases; a resource with any of them is shown. */
  states?: string[];
  search?: string;
  sort: ResourceSort;
  order: 'asc' | 'desc';
  cursor?: string;
  limit: number;
}

/**
 * Filters, sorts and cuts a page out of a module's resources, which come in the order in which engines applied them.
 */
export function pageResources(
  all: ModuleResource[],
  options: PageResourcesOptions,
): Omit<ModuleResourcePage, 'sequence'> {
  const matching = sorted(
    all.filter(resource => matches(resource, options)),
    options,
  );
  const begin = beginOf(matching, options);
  const items = matching.slice(begin, begin + options.limit);
  const last = items.at(-1);
  const next = begin + items.length;
  return {
    items,
    nextCursor:
      last && next < matching.length
        ? encode([options.sort, options.order, next, identityOf(last)])
        : undefined,
    total: matching.length,
    facets: {
      kinds: count(all.map(({ kind }) => kind)),
      states: count(all.flatMap(resource => [...statesOf(resource)])),
    },
  };
}

function statesOf(resource: ModuleResource): Set<string> {
  const { status, health, hookPhase } = resource;
  return new Set([status, health, hookPhase].filter(one => one !== undefined));
}

function matches(
  resource: ModuleResource,
  { kinds, states, search }: PageResourcesOptions,
): boolean {
  if (kinds?.length && !kinds.includes(resource.kind)) return false;
  const own = statesOf(resource);
  if (states?.length && !states.some(state => own.has(state))) return false;
  const { kind, namespace, name, message } = resource;
  const text = [kind, namespace, name, message].join('\n').toLowerCase();
  return searchWords(search).every(word => text.includes(word));
}

function sorted(
  resources: ModuleResource[],
  { sort, order }: PageResourcesOptions,
): ModuleResource[] {
  if (sort === 'applied') {
    return order === 'asc' ? resources : resources.toReversed();
  }
  const sign = order === 'asc' ? 1 : -1;
  // Equal ones stay as they were applied.
  return resources.toSorted((a, b) => {
    const [left, right] = [a[sort] ?? '', b[sort] ?? ''];
    if (left === right) return 0;
    return left < right ? -sign : sign;
  });
}

/** After the last row that was shown, wherever it is now; where it was when it is gone. */
function beginOf(
  resources: ModuleResource[],
  { cursor, sort, order }: PageResourcesOptions,
): number {
  if (cursor === undefined) return 0;
  const [ofSort, ofOrder, next, last] = decode(cursor);
  if (
    ofSort !== sort ||
    ofOrder !== order ||
    typeof next !== 'number' ||
    !Number.isSafeInteger(next) ||
    next < 1
  ) {
    throw foreignCursor();
  }
  if (resources[next - 1] && identityOf(resources[next - 1]) === last) {
    return next;
  }
  const place = resources.findIndex(one => identityOf(one) === last);
  return place < 0 ? next : place + 1;
}

function identityOf(resource: ModuleResource): string {
  const { cluster, engine, namespace, name } = resource.engineObject;
  return [
    [cluster, engine, namespace, name],
    [resource.group, resource.kind, resource.namespace, resource.name],
    // One hook may have a row for each of its phases.
    [resource.syncPhase, resource.hookType],
  ]
    .flat()
    .join('/');
}

function encode(cursor: unknown[]): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function decode(cursor: string): unknown[] {
  try {
    const value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(value)) return value;
  } catch {
    // Falls through to the same answer as for a cursor of another list.
  }
  throw foreignCursor();
}

function foreignCursor(): InputError {
  return new InputError(
    'cursor does not belong to this list and order; begin again without it',
  );
}

function count(values: string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Object.fromEntries(counts);
}
