import type { Knex } from 'knex';
import { whereAccessible, type EnvironmentAccess } from '../permissions';

/** Whether the caller may know of a configured cluster: as in the list of clusters, when they may read an environment on it. */
export async function isClusterReadable(
  knex: Knex,
  cluster: string,
  access: EnvironmentAccess,
): Promise<boolean> {
  if (access.type === 'all') return true;
  if (access.type === 'none') return false;
  const query = knex('targets')
    .join('environments', 'environments.id', 'targets.environment_id')
    .where('targets.cluster', cluster);
  whereAccessible(query, access);
  return (await query.first('targets.cluster')) !== undefined;
}
