import { PlainError } from '../plainError.mjs';
import { run } from '../run.mjs';

const TIMEOUT_MS = 20 * 60_000;

/**
 * Runs a Node program to its end, and fails with what it said where it fails or takes too long.
 * @param {import('../portal.d.mts').SupportedNode} node
 * @param {string[]} args the program and its arguments
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} [env] added to the environment
 */
export async function runOrFail(node, args, cwd, env = {}) {
  const since = Date.now();
  const { code, tail } = await run(node.executable, args, {
    cwd,
    env: { ...node.env, ...env },
    timeoutMs: TIMEOUT_MS,
  });
  if (code !== 0) {
    const late = Date.now() - since >= TIMEOUT_MS;
    throw new PlainError(
      late ? `It took more than ${TIMEOUT_MS / 60_000} min:\n${tail}` : tail,
    );
  }
}
