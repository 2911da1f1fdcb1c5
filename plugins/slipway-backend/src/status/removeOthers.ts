import type { Knex } from 'knex';
import { chunks } from '../database/chunks';

export interface RemoveOthersOptions {
  configRepo: string;
  environmentIds: string[];
  moduleIds: string[];
  /** There are no environments but the given ones. */
  all: boolean;
}

/**
 * Removes environments, when `all` were given, and modules of the given ones, that are no longer there.
 *
 * @returns ids of what is gone; the transaction is the caller's.
 */
export async function removeOthers(
  tx: Knex.Transaction,
  options: RemoveOthersOptions,
): Promise<string[]> {
  const { configRepo, all } = options;
  const environments = new Set(options.environmentIds);
  const modules = new Set(options.moduleIds);
  const storedModules: string[] = await tx('modules')
    .where({ config_repo: configRepo })
    .modify(query => {
      if (!all) query.whereIn('environment_id', [...environments]);
    })
    .pluck('id');
  const storedEnvironments: string[] = all
    ? await tx('environments').where({ config_repo: configRepo }).pluck('id')
    : [];
  const goneModules = storedModules.filter(id => !modules.has(id));
  const goneEnvironments = storedEnvironments.filter(
    id => !environments.has(id),
  );
  for (const ids of chunks(goneModules)) {
    await tx('modules').whereIn('id', ids).delete();
  }
  for (const ids of chunks(goneEnvironments)) {
    await tx('targets').whereIn('environment_id', ids).delete();
    await tx('environments').whereIn('id', ids).delete();
  }
  return [...goneModules, ...goneEnvironments];
}
