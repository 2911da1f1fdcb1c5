import type {
  ListModuleResources,
  ResourceSort,
} from '@slipway/backstage-plugin-slipway-common';

/** What is asked of the resource table; all of it lives in the URL. */
export interface ResourceFilters {
  kinds: string[];
  states: string[];
  search: string;
  sort: ResourceSort;
  order: 'asc' | 'desc';
  /** How many rows to show. */
  rows: number;
}

/** Rows that come first, and that each *Show more* adds. */
export const RESOURCE_ROWS = 100;
const MAX_ROWS = 5_000;

const sorts: readonly ResourceSort[] = [
  'applied',
  'kind',
  'namespace',
  'name',
  'status',
  'health',
];

export function parseResourceFilters(params: URLSearchParams): ResourceFilters {
  const rows = Number(params.get('rows'));
  return {
    kinds: params.getAll('kind'),
    states: params.getAll('state'),
    search: params.get('q') ?? '',
    sort: sorts.find(sort => sort === params.get('sort')) ?? 'applied',
    order: params.get('order') === 'desc' ? 'desc' : 'asc',
    rows:
      Number.isInteger(rows) && rows > 0
        ? Math.min(rows, MAX_ROWS)
        : RESOURCE_ROWS,
  };
}

/** Writes the filters over what the URL has; what is as usual is left out, so that links stay short. */
export function writeResourceFilters(
  current: URLSearchParams,
  filters: ResourceFilters,
): URLSearchParams {
  const params = new URLSearchParams(current);
  for (const name of ['kind', 'state', 'q', 'sort', 'order', 'rows']) {
    params.delete(name);
  }
  for (const kind of filters.kinds) {
    params.append('kind', kind);
  }
  for (const state of filters.states) {
    params.append('state', state);
  }
  if (filters.search) {
    params.set('q', filters.search);
  }
  if (filters.sort !== 'applied') {
    params.set('sort', filters.sort);
  }
  if (filters.order !== 'asc') {
    params.set('order', filters.order);
  }
  if (filters.rows !== RESOURCE_ROWS) {
    params.set('rows', String(filters.rows));
  }
  return params;
}

/** The order after a click on a column: ascending, descending, then as the engine applied them. */
export function nextSort(
  filters: ResourceFilters,
  sort: ResourceSort,
): Pick<ResourceFilters, 'sort' | 'order'> {
  if (filters.sort !== sort) {
    return { sort, order: 'asc' };
  }
  return filters.order === 'asc'
    ? { sort, order: 'desc' }
    : { sort: 'applied', order: 'asc' };
}

/** The filters as the API takes them, without paging. */
export function toResourceQuery(
  filters: ResourceFilters,
): Omit<ListModuleResources['query'], 'cursor' | 'limit'> {
  return {
    kind: filters.kinds.length > 0 ? filters.kinds : undefined,
    state: filters.states.length > 0 ? filters.states : undefined,
    search: filters.search || undefined,
    sort: filters.sort,
    order: filters.order,
  };
}
