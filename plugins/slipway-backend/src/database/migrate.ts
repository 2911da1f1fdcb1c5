import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { setTimeout as delay } from 'node:timers/promises';

/** Far longer than migrations take; a lock that stays is one of a process that died inside. */
const PATIENCE_MILLISECONDS = 60_000;
const RETRY_MILLISECONDS = 250;

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
    await migrateInTurn(knex);
  }
  return knex;
}

/** Replicas that start together migrate one after another: knex refuses those that come second. */
async function migrateInTurn(knex: Knex): Promise<void> {
  const directory = resolvePackagePath(
    '@slipway/backstage-plugin-slipway-backend',
    'migrations',
  );
  const end = performance.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    try {
      await knex.migrate.latest({ directory });
      return;
    } catch (error) {
      if (!isAnotherAtIt(error) || performance.now() > end) throw error;
      await delay(RETRY_MILLISECONDS);
    }
  }
}

/** Another process holds knex's lock, or makes knex's own tables. */
function isAnotherAtIt(error: unknown): boolean {
  const { name, code, message, detail } = error as Partial<
    Error & { code: string; detail: string }
  >;
  // duplicate_table, unique_violation: https://www.postgresql.org/docs/current/errcodes-appendix.html
  const isDouble = code === '42P07' || code === '23505';
  return (
    name === 'MigrationLocked' ||
    (isDouble && `${message} ${detail}`.includes('knex_migrations'))
  );
}
