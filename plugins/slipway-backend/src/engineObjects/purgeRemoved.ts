import type { Knex } from 'knex';

/**
 * Forgets objects of one cluster and engine that were removed before a time, except those that a module is still linked
 * to: the projection has not seen yet that they are gone. The caller owns the transaction.
 */
export async function purgeRemoved(
  tx: Knex.Transaction,
  options: { cluster: string; engine: string; before: string },
): Promise<void> {
  const { cluster, engine, before } = options;
  const forgotten = () =>
    tx('engine_objects')
      .where({ cluster, engine, removed: true })
      .where('seen_at', '<', before)
      .whereNotExists(
        tx('module_engine_objects')
          .select(tx.raw('1'))
          .where(
            'module_engine_objects.engine_object_id',
            tx.ref('engine_objects.id'),
          ),
      );
  await tx('engine_object_sources')
    .whereIn('engine_object_id', forgotten().select('id'))
    .delete();
  await forgotten().delete();
}
