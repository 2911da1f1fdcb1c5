import { LAB_TESTS, runJest } from './jest.mjs';
import { withPostgres } from './withPostgres.mjs';

/** Unit and integration tests, on SQLite and on PostgreSQL. */
export function unit({ node }) {
  return withPostgres(env =>
    runJest({
      node,
      name: 'unit',
      args: ['--testTimeout=300000', `--testPathIgnorePatterns=${LAB_TESTS}`],
      env,
    }),
  );
}
