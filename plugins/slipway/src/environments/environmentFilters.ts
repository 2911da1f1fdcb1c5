import type {
  DeployState,
  EnvironmentSort,
  ListEnvironments,
} from '@slipway/backstage-plugin-slipway-common';

/** What is asked of the list; all of it lives in the URL, so that a link shows a colleague the same. */
export interface EnvironmentFilters {
  managed: boolean;
  search: string;
  stages: string[];
  clusters: string[];
  deployStates: DeployState[];
  sort: EnvironmentSort;
  order: 'asc' | 'desc';
  /** How many rows to show. */
  rows: number;
}

/** Rows that come first, and that each *Show more* adds. */
export const ROWS_STEP = 50;
const MAX_ROWS = 5_000;

/** In the order in which a person wants to see them. */
export const deployStates: readonly DeployState[] = [
  'Failed',
  'Unknown',
  'Deploying',
  'PartlyDeployed',
  'NotDeployed',
  'Deployed',
];
const sorts: readonly EnvironmentSort[] = [
  'stage',
  'name',
  'deployStatus',
  'modules',
];

/** The parameters that belong to the list; others on the same page are left alone. */
export const filterParams = [
  'view',
  'q',
  'stage',
  'cluster',
  'state',
  'sort',
  'order',
  'rows',
] as const;

export function parseFilters(params: URLSearchParams): EnvironmentFilters {
  const rows = Number(params.get('rows'));
  return {
    managed: params.get('view') !== 'unmanaged',
    search: params.get('q') ?? '',
    stages: params.getAll('stage'),
    clusters: params.getAll('cluster'),
    deployStates: deployStates.filter(state =>
      params.getAll('state').includes(state),
    ),
    sort: sorts.find(sort => sort === params.get('sort')) ?? 'stage',
    order: params.get('order') === 'desc' ? 'desc' : 'asc',
    rows:
      Number.isInteger(rows) && rows > 0 ? Math.min(rows, MAX_ROWS) : ROWS_STEP,
  };
}

/** Writes the filters over what the URL has; what is as usual is left out, so that links stay short. */
export function writeFilters(
  current: URLSearchParams,
  filters: EnvironmentFilters,
): URLSearchParams {
  const params = new URLSearchParams(current);
  for (const name of filterParams) {
    params.delete(name);
  }
  if (!filters.managed) {
    params.set('view', 'unmanaged');
  }
  if (filters.search) {
    params.set('q', filters.search);
  }
  for (const stage of filters.stages) {
    params.append('stage', stage);
  }
  for (const cluster of filters.clusters) {
    params.append('cluster', cluster);
  }
  for (const state of filters.deployStates) {
    params.append('state', state);
  }
  if (filters.sort !== 'stage') {
    params.set('sort', filters.sort);
  }
  if (filters.order !== 'asc') {
    params.set('order', filters.order);
  }
  if (filters.rows !== ROWS_STEP) {
    params.set('rows', String(filters.rows));
  }
  return params;
}

/** Whether anything but managed/unmanaged narrows the list. */
export function isNarrowed(filters: EnvironmentFilters): boolean {
  return Boolean(
    filters.search ||
      filters.stages.length ||
      filters.clusters.length ||
      filters.deployStates.length,
  );
}

/** The filters as the API takes them, without paging. */
export function toQuery(
  filters: EnvironmentFilters,
): Omit<ListEnvironments['query'], 'cursor' | 'limit'> {
  return {
    managed: filters.managed,
    search: filters.search || undefined,
    stage: filters.stages.length ? filters.stages : undefined,
    cluster: filters.clusters.length ? filters.clusters : undefined,
    deployStatus: filters.deployStates.length
      ? filters.deployStates
      : undefined,
    sort: filters.sort,
    order: filters.order,
  };
}
