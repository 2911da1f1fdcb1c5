import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import type { EnvironmentFilter } from './types';

/** Which environments a caller may see: all, none, or those that fulfil criteria. */
export type EnvironmentAccess =
  | { type: 'all' }
  | { type: 'none' }
  | { type: 'some'; criteria: PermissionCriteria<EnvironmentFilter> };

/** Narrows a query over `environments` to what the caller may see. */
export function whereAccessible(
  query: Knex.QueryBuilder,
  access: EnvironmentAccess,
): void {
  if (access.type === 'none') query.whereRaw('1 = 0');
  if (access.type === 'some') {
    const { criteria } = access;
    query.where(inner => addCriteria(inner, criteria));
  }
}

function addCriteria(
  query: Knex.QueryBuilder,
  criteria: PermissionCriteria<EnvironmentFilter>,
): void {
  if ('allOf' in criteria) {
    for (const one of criteria.allOf) {
      query.andWhere(inner => addCriteria(inner, one));
    }
  } else if ('anyOf' in criteria) {
    for (const one of criteria.anyOf) {
      query.orWhere(inner => addCriteria(inner, one));
    }
  } else if ('not' in criteria) {
    query.whereNot(inner => addCriteria(inner, criteria.not));
  } else {
    addFilter(query, criteria);
  }
}

function addFilter(query: Knex.QueryBuilder, filter: EnvironmentFilter): void {
  switch (filter.type) {
    case 'configRepo':
      query.whereIn('environments.config_repo', filter.names);
      break;
    case 'stage':
      // Spelt out, because NOT of an unknown is unknown to SQL.
      query
        .whereNotNull('environments.stage')
        .whereIn('environments.stage', filter.stages);
      break;
    case 'cluster':
      query
        .whereExists(targets => onTargets(targets))
        .whereNotExists(targets =>
          onTargets(targets).whereNotIn('targets.cluster', filter.names),
        );
      break;
    case 'owner':
      if (!filter.claims.length) {
        query.whereRaw('1 = 0');
        break;
      }
      query.whereExists(repo =>
        repo
          .select('config_repos.name')
          .from('config_repos')
          .whereRaw('config_repos.name = environments.config_repo')
          .whereRaw(
            `coalesce(environments.owner, config_repos.owner, '') in (${filter.claims
              .map(() => '?')
              .join(', ')})`,
            filter.claims,
          ),
      );
      break;
    default:
      throw new Error(`Unknown filter ${filter satisfies never}`);
  }
}

function onTargets(query: Knex.QueryBuilder): Knex.QueryBuilder {
  return query
    .select('targets.cluster')
    .from('targets')
    .whereRaw('targets.environment_id = environments.id');
}
