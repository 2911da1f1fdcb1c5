import type { Knex } from 'knex';
import { chunks } from '../database/chunks';
import type { ChangeRow } from './changeRows';

/** Contents are not needed once a change is in the branch, or is not going to be. */
export async function dropContents(
  tx: Knex.Transaction,
  changes: readonly number[],
): Promise<void> {
  await tx('change_files')
    .whereIn('change_id', [...changes])
    .update({ content: null });
}

/** The number of the last attempt of each change that has one. */
export async function lastAttempts(
  tx: Knex.Transaction,
  changes: readonly number[],
): Promise<Map<number, number>> {
  const rows: Array<{ change_id: number; last: number }> = await tx(
    'change_attempts',
  )
    .whereIn('change_id', [...changes])
    .groupBy('change_id')
    .select('change_id')
    .max({ last: 'number' });
  return new Map(rows.map(row => [row.change_id, Number(row.last)]));
}

/** Updates rows that are there, many at a time, to what each of them is now. */
export async function updateChanges(
  tx: Knex.Transaction,
  rows: readonly ChangeRow[],
): Promise<void> {
  for (const some of chunks([...rows])) {
    await tx('changes')
      .insert(some)
      .onConflict('id')
      .merge(['state', 'since', 'reason', 'commit', 'steps', 'sequence']);
  }
}
