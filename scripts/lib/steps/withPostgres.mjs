import { join } from 'node:path';
import { startPostgres } from '../postgres.mjs';
import { withTemporaryFolder } from '../temporary.mjs';

const CONNECTION = 'BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING';

/**
 * Runs tests with a PostgreSQL that is there for as long.
 * @template T
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} task gets what tells tests of it
 * @returns {Promise<T>}
 */
export function withPostgres(task) {
  const given = process.env[CONNECTION];
  if (given) {
    return task({ [CONNECTION]: given });
  }
  return withTemporaryFolder(async folder => {
    const postgres = await startPostgres(join(folder, 'postgres'));
    try {
      return await task({ [CONNECTION]: postgres.url });
    } finally {
      await postgres.stop();
    }
  });
}
