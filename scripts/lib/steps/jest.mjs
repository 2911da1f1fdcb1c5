import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from '../paths.mjs';
import { run } from '../run.mjs';
import { withTemporaryFolder } from '../temporary.mjs';

/** Tests on real clusters: minutes to build, so a step of their own. */
export const LAB_TESTS = '\\.lab\\.test\\.ts$';

/**
 * Runs Jest over the workspaces, with what it says in a log.
 * @param {{
 *   node: import('../portal.d.mts').SupportedNode, name: string, args: string[], env?: NodeJS.ProcessEnv,
 * }} options `name` is the log's
 * @returns {Promise<import('../Tally.mjs').StepResult>}
 */
export function runJest({ node, name, args, env }) {
  return withTemporaryFolder(async folder => {
    const file = join(folder, 'results.json');
    const { code, output } = await run(
      node.executable,
      [
        fromRoot('node_modules', '.bin', 'backstage-cli'),
        ...['repo', 'test', '--silent', ...args],
        ...['--json', `--outputFile=${file}`],
      ],
      {
        env: {
          ...node.env,
          CI: 'true',
          NODE_ENV: 'test',
          LOG_LEVEL: 'error',
          BACKSTAGE_TEST_DISABLE_DOCKER: '1',
          ...env,
        },
        log: fromRoot('.cache', 'logs', `${name}.log`),
      },
    );
    return existsSync(file)
      ? toResult(JSON.parse(readFileSync(file, 'utf8')), code)
      : { passed: 0, failed: 1, report: output.trimEnd() };
  });
}

function toResult(results, code) {
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
