import type { SlipwayScope } from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import { containing, searchWords } from '../database/search';
import { whereAccessible } from '../permissions';
import type { EnvironmentFilters, EnvironmentScope } from './types';

/** Narrows a query over `environments` to a scope. */
export function whereInScope(
  query: Knex.QueryBuilder,
  scope: EnvironmentScope,
): void {
  whereAccessible(query, scope.access);
  if (scope.configRepos) {
    query.whereIn('environments.config_repo', scope.configRepos);
  }
  const { cluster, scopes } = scope;
  if (cluster !== undefined) {
    query.whereExists(inner => targetsOn(inner, [cluster]));
  }
  if (scopes) {
    query.where(any => {
      any.whereRaw('1 = 0');
      for (const one of scopes) any.orWhere(inner => whereOneScope(inner, one));
    });
  }
}

function whereOneScope(query: Knex.QueryBuilder, scope: SlipwayScope): void {
  query.where('environments.config_repo', scope.configRepo);
  if (scope.environments) {
    query.whereIn('environments.name', scope.environments);
  }
  const { modules } = scope;
  if (modules) {
    query.whereExists(inner =>
      inner
        .select('modules.id')
        .from('modules')
        .whereRaw('modules.environment_id = environments.id')
        .whereIn('modules.name', modules),
    );
  }
}

/** Narrows a query over `environments` to what a person asked for. */
export function whereFiltered(
  query: Knex.QueryBuilder,
  filters: EnvironmentFilters,
  clusterTitles: Map<string, string>,
): void {
  if (filters.managed !== undefined) {
    query.where('environments.managed', filters.managed);
  }
  if (filters.stages?.length) {
    query.whereIn('environments.stage', filters.stages);
  }
  if (filters.deployStates?.length) {
    query.whereIn('environments.deploy_state', filters.deployStates);
  }
  const { clusters } = filters;
  if (clusters?.length) {
    query.whereExists(inner => targetsOn(inner, clusters));
  }
  for (const word of searchWords(filters.search)) {
    const titled = [...clusterTitles]
      .filter(([name, title]) =>
        `${name}\n${title}`.toLowerCase().includes(word),
      )
      .map(([name]) => name);
    query.where(any =>
      any
        .whereRaw(`environments.search_text like ? escape '!'`, [
          containing(word),
        ])
        .orWhereExists(inner => targetsOn(inner, titled)),
    );
  }
}

function targetsOn(
  query: Knex.QueryBuilder,
  clusters: string[],
): Knex.QueryBuilder {
  return query
    .select('targets.cluster')
    .from('targets')
    .whereRaw('targets.environment_id = environments.id')
    .whereIn('targets.cluster', clusters);
}
