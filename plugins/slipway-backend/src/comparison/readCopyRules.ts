import type { CopyRule } from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';

/** The rules of the newest copy from one environment to another that is in the branch; none when there is no such copy. */
export async function readCopyRules(
  knex: Knex,
  configRepo: string,
  { source, target }: { source: string; target: string },
): Promise<CopyRule[]> {
  const row: { rules: string } | undefined = await knex('change_copies')
    .join('changes', 'changes.id', 'change_copies.change_id')
    .where({ config_repo: configRepo, source, target })
    .whereNotNull('changes.commit')
    .orderBy('changes.id', 'desc')
    .first('rules');
  return row ? JSON.parse(row.rules) : [];
}
