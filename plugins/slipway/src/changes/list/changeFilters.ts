import type {
  ChangeKind,
  ChangeState,
  ListChanges,
} from '@slipway/backstage-plugin-slipway-common';

/** What is asked of the list; all of it lives in the URL. */
export interface ChangeFilters {
  search: string;
  states: ChangeState[];
  kinds: ChangeKind[];
  /** How many rows to show. */
  rows: number;
}

/** Rows that come first, and that each *Show more* adds. */
export const CHANGE_ROWS = 50;
const MAX_ROWS = 5_000;

/** What needs a person comes first. */
export const changeStates: readonly ChangeState[] = [
  'Failed',
  'Degraded',
  'TimedOut',
  'Accepted',
  'Pushing',
  'Following',
  'Live',
];

/** The kinds that there are so far. */
export const changeKinds: readonly ChangeKind[] = [
  'edit',
  'rollback',
  'external',
];

export function parseChangeFilters(params: URLSearchParams): ChangeFilters {
  const rows = Number(params.get('rows'));
  return {
    search: params.get('q') ?? '',
    states: changeStates.filter(state =>
      params.getAll('state').includes(state),
    ),
    kinds: changeKinds.filter(kind => params.getAll('kind').includes(kind)),
    rows:
      Number.isInteger(rows) && rows > 0
        ? Math.min(rows, MAX_ROWS)
        : CHANGE_ROWS,
  };
}

/** Writes the filters over what the URL has; what is as usual is left out, so that links stay short. */
export function writeChangeFilters(
  current: URLSearchParams,
  filters: ChangeFilters,
): URLSearchParams {
  const params = new URLSearchParams(current);
  for (const name of ['q', 'state', 'kind', 'rows']) {
    params.delete(name);
  }
  if (filters.search) {
    params.set('q', filters.search);
  }
  for (const state of filters.states) {
    params.append('state', state);
  }
  for (const kind of filters.kinds) {
    params.append('kind', kind);
  }
  if (filters.rows !== CHANGE_ROWS) {
    params.set('rows', String(filters.rows));
  }
  return params;
}

/** Whether anything narrows the list. */
export function isNarrowed(filters: ChangeFilters): boolean {
  return Boolean(
    filters.search || filters.states.length || filters.kinds.length,
  );
}

/** The filters as the API takes them, without paging. */
export function toChangeQuery(filters: ChangeFilters): ListChanges['query'] {
  const { kinds, search, states } = filters;
  return {
    ...(search && { search }),
    ...(states.length > 0 && { state: states }),
    ...(kinds.length > 0 && { kind: kinds }),
  };
}
