import type { Knex } from 'knex';

/**
 * Takes the next value of the read model's sequence. The row lock it holds until the transaction ends makes values
 * visible in the order in which they were taken: take it last, just before writing what it stamps.
 */
export async function nextSequence(tx: Knex.Transaction): Promise<number> {
  const [row] = await tx('read_model_sequence')
    .where({ id: 1 })
    .update({ value: tx.raw('value + 1') })
    .returning('value');
  return Number(row.value);
}

/** The sequence as the last committed transaction left it. */
export async function currentSequence(
  knex: Knex | Knex.Transaction,
): Promise<number> {
  const row = await knex('read_model_sequence').where({ id: 1 }).first('value');
  return Number(row?.value ?? 0);
}
