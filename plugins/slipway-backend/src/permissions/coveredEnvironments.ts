import type { Knex } from 'knex';
import { type EnvironmentAccess, whereAccessible } from './environmentQuery';

/** Names of environments; `all` holds those too that are not there yet. */
export type CoveredEnvironments = ReadonlySet<string> | 'all';

/** Reads which environments of config repos an access covers, in one query at most. */
export async function readCoveredEnvironments(
  knex: Knex,
  configRepos: readonly string[],
  access: EnvironmentAccess,
): Promise<Map<string, CoveredEnvironments>> {
  if (access.type === 'all') {
    return new Map(configRepos.map(name => [name, 'all']));
  }
  const covered = new Map(
    configRepos.map(name => [name, new Set<string>()] as const),
  );
  if (access.type === 'none') return covered;
  const query = knex('environments')
    .whereIn('config_repo', [...configRepos])
    .select('config_repo', 'name');
  whereAccessible(query, access);
  const rows: Array<{ config_repo: string; name: string }> = await query;
  for (const row of rows) covered.get(row.config_repo)?.add(row.name);
  return covered;
}

export function covers(
  environments: CoveredEnvironments | undefined,
  name: string,
): boolean {
  return environments === 'all' || (environments?.has(name) ?? false);
}
