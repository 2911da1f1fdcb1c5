import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** Brings the tables up to date, unless the operator told migrations to be skipped. */
export async function migrate(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (knex.client.config.client === 'better-sqlite3') {
    // Readers and the writer do not wait for each other, and a commit not for the disk. A crash of the process loses nothing so;
    // a power cut may lose the last commits, whole ones. (https://sqlite.org/pragma.html#pragma_synchronous)
    await knex.raw('PRAGMA journal_mode = WAL');
    await knex.raw('PRAGMA synchronous = NORMAL');
  }
  if (!database.migrations?.skip) {
    await knex.migrate.latest({
      directory: resolvePackagePath(
        '@slipway/backstage-plugin-slipway-backend',
        'migrations',
      ),
    });
  }
  return knex;
}
