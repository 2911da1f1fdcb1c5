import type { Knex } from 'knex';
import { chunks } from '../../database/chunks';

/**
 * Changes by the commits that they became, pushed through Slipway or past it. By the record of what arrived: what a commit says
 * of itself is a claim.
 */
export async function changesOfCommits(
  knex: Knex,
  configRepo: string,
  commits: Iterable<string>,
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const some of chunks([...new Set(commits)])) {
    const rows: Array<{ commit: string; id: number }> = await knex('changes')
      .where({ config_repo: configRepo })
      .whereIn('commit', some)
      .select('commit', 'id');
    for (const row of rows) found.set(row.commit, row.id);
  }
  return found;
}
