import type { SlipwayScope } from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import { whereContains } from '../database/search';
import type { EnvironmentScope } from '../environments/types';
import { whereAccessible } from '../permissions';
import type { ModuleFilters } from './types';

/** Narrows a query over `modules` joined with `environments` to a scope. */
export function whereModuleInScope(
  query: Knex.QueryBuilder,
  { access, configRepos, scopes }: EnvironmentScope,
): void {
  whereAccessible(query, access);
  if (configRepos) query.whereIn('environments.config_repo', configRepos);
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
  if (scope.modules) query.whereIn('modules.name', scope.modules);
}

/** Narrows a query over `modules` joined with `environments` to what a person asked for. */
export function whereModuleFiltered(
  query: Knex.QueryBuilder,
  filters: ModuleFilters,
): void {
  const lists: Array<[string, string[] | undefined]> = [
    ['environments.name', filters.environments],
    ['modules.name', filters.modules],
    ['modules.worst_health', filters.health],
    ['modules.worst_sync', filters.sync],
    ['modules.worst_file_sync', filters.fileSync],
  ];
  for (const [column, values] of lists) {
    if (values?.length) query.whereIn(column, values);
  }
  whereContains(query, 'modules.search_text', filters.search);
}
