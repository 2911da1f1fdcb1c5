import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** Where the migrations are, in the repository as well as in the packed plugin. */
export function migrationsDirectory(): string {
  return resolvePackagePath(
    '@slipway/backstage-plugin-slipway-backend',
    'migrations',
  );
}

/** Brings the database to the present schema. */
export async function migrate(knex: Knex): Promise<void> {
  await knex.migrate.latest({ directory: migrationsDirectory() });
}
