import { stripVTControlCharacters } from 'node:util';
import { fromRoot } from './paths.mjs';
import { run } from './run.mjs';

/**
 * Runs a program of node_modules as one check that holds or does not.
 * @param {import('./portal.d.mts').SupportedNode} node
 * @param {string} bin
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env] added to the environment
 * @returns {Promise<import('./Tally.mjs').StepResult>}
 */
export async function check(node, bin, args, env = {}) {
  const { code, output } = await run(
    node.executable,
    [fromRoot('node_modules', '.bin', bin), ...args],
    { env: { ...node.env, ...env } },
  );
  return code === 0
    ? { passed: 1, failed: 0 }
    : {
        passed: 0,
        failed: 1,
        report: `${bin} ${args.join(' ')}\n${stripVTControlCharacters(
          output,
        ).trimEnd()}`,
      };
}

/**
 * @param {Array<import('./Tally.mjs').StepResult>} results
 * @returns {import('./Tally.mjs').StepResult}
 */
export function sum(results) {
  return {
    passed: results.reduce((total, { passed }) => total + passed, 0),
    failed: results.reduce((total, { failed }) => total + failed, 0),
    report: results
      .map(({ report }) => report)
      .filter(Boolean)
      .join('\n\n'),
  };
}
