import type { SlipwayScope } from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import { whereInScope } from '../environments/environmentQueries';
import type { EnvironmentScope } from '../environments/types';

/** Says which modules' files a scope holds: of each config repo, of each environment, these modules or all. */
export type SelectedModules = Map<
  string,
  Map<string, ReadonlySet<string> | 'all'>
>;

/** Reads which environments of a scope the caller may read, in one query. */
export async function readSelectedModules(
  knex: Knex,
  scope: EnvironmentScope,
): Promise<SelectedModules> {
  const query: Knex.QueryBuilder = knex('environments').select(
    'config_repo',
    'name',
  );
  whereInScope(query, scope);
  const rows: Array<{ config_repo: string; name: string }> = await query;
  const selected: SelectedModules = new Map();
  for (const row of rows) {
    const environments = selected.get(row.config_repo) ?? new Map();
    selected.set(row.config_repo, environments);
    environments.set(
      row.name,
      modulesOf(row.config_repo, row.name, scope.scopes),
    );
  }
  return selected;
}

function modulesOf(
  configRepo: string,
  environment: string,
  scopes: SlipwayScope[] | undefined,
): ReadonlySet<string> | 'all' {
  if (!scopes) return 'all';
  const matching = scopes.filter(
    one =>
      one.configRepo === configRepo &&
      (one.environments?.includes(environment) ?? true),
  );
  if (matching.some(one => one.modules === undefined)) return 'all';
  return new Set(matching.flatMap(one => one.modules ?? []));
}
