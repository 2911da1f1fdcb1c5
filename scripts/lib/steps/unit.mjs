import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from '../paths.mjs';
import { startPostgres } from '../postgres.mjs';
import { run } from '../run.mjs';
import { withTemporaryFolder } from '../temporary.mjs';

/** Names the PostgreSQL of the tests. */
export const CONNECTION =
  'BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING';

/** Tests on real clusters: minutes to build, so a step of their own. */
export const LAB_TESTS = '\\.lab\\.test\\.ts$';

/** Unit and integration tests, on SQLite and on PostgreSQL. */
export function unit({ node }) {
  return withPostgres((folder, url) => runJest({ node, folder, url }));
}

/**
 * Has a folder, and a PostgreSQL: the one that the environment names, else one of our own.
 * @template T
 * @param {(folder: string, url: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export function withPostgres(work) {
  return withTemporaryFolder(async folder => {
    const postgres = process.env[CONNECTION]
      ? { url: process.env[CONNECTION], stop: async () => {} }
      : await startPostgres(join(folder, 'postgres'));
    try {
      return await work(folder, postgres.url);
    } finally {
      await postgres.stop();
    }
  });
}

async function runJest({ node, folder, url }) {
  const file = join(folder, 'results.json');
  const { code, output } = await run(
    node.executable,
    [
      fromRoot('node_modules', '.bin', 'backstage-cli'),
      ...[
        'repo',
        'test',
        '--silent',
        '--testTimeout=300000',
        `--testPathIgnorePatterns=${LAB_TESTS}`,
        '--json',
        `--outputFile=${file}`,
      ],
    ],
    {
      env: {
        ...node.env,
        CI: 'true',
        NODE_ENV: 'test',
        LOG_LEVEL: 'error',
        BACKSTAGE_TEST_DISABLE_DOCKER: '1',
        [CONNECTION]: url,
      },
      log: fromRoot('.cache', 'logs', 'unit.log'),
    },
  );
  if (!existsSync(file)) {
    return { passed: 0, failed: 1, report: output.trimEnd() };
  }
  return toResult(JSON.parse(readFileSync(file, 'utf8')), code);
}

/**
 * What a run of Jest with `--json` came to.
 * @returns {import('../Tally.mjs').StepResult}
 */
export function toResult(results, code) {
  const { numPassedTests: passed, numFailedTests, testResults } = results;
  // A file that could not be loaded has no tests to count: it counts as one.
  const failed = numFailedTests + results.numRuntimeErrorTestSuites;
  return {
    passed,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    report: testResults
      .filter(({ status }) => status === 'failed')
      .map(({ message }) => message)
      .join('\n'),
  };
}
