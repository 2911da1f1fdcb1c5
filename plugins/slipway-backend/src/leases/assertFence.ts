import type { Knex } from 'knex';
import { LeaseLostError } from './LeaseLostError';
import type { LeaseFence } from './types';

/**
 * Refuses the writes of a process that no longer holds its lease. Call it first in each transaction that writes under
 * a lease. The caller owns the transaction.
 *
 * On PostgreSQL it locks the lease's row, so that nobody can take the lease over before the transaction ends; a process
 * that freezes inside is cut off by the server. SQLite runs one writer at a time anyway.
 *
 * @throws LeaseLostError when the lease has a newer fence, or never existed.
 */
export async function assertFence(
  tx: Knex.Transaction,
  { key, fence }: LeaseFence,
): Promise<void> {
  const query = tx('leases').where({ key }).forUpdate().select('fence');
  if (tx.client.config.client === 'pg') {
    query.select(
      tx.raw(`set_config('idle_in_transaction_session_timeout', '9000', true)`),
    );
  }
  const [row] = await query;
  if (Number(row?.fence) !== fence) {
    throw new LeaseLostError(
      `The lease '${key}' with fence ${fence} was taken over by another process`,
    );
  }
}
