import { join } from 'node:path';
import type { JsonObject } from '@backstage/types';
import { startPostgres } from '../../scripts/lib/postgres.mjs';

export interface BenchDatabase {
  name: string;
  /** `backend.database` of app-config. */
  config: JsonObject;
}

/** SQLite on disk; then PostgreSQL: the one that the tests would use, else one of our own where there are binaries. */
export async function* databases(root: string): AsyncGenerator<BenchDatabase> {
  yield {
    name: 'sqlite',
    config: {
      client: 'better-sqlite3',
      connection: { directory: join(root, 'sqlite', 'database') },
    },
  };
  const named =
    process.env.BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING;
  const own = named ? undefined : await tryPostgres(join(root, 'postgres-own'));
  const url = named ?? own?.url;
  if (!url) return;
  try {
    yield {
      name: 'postgres',
      config: {
        client: 'pg',
        connection: url,
        prefix: `slipway_bench_${process.pid}_`,
      },
    };
  } finally {
    await own?.stop();
  }
}

async function tryPostgres(folder: string) {
  try {
    return await startPostgres(folder);
  } catch (error) {
    console.log(`Not measured on PostgreSQL: ${error}`);
    return undefined;
  }
}
