import { install } from './install.mjs';
import { supportedNode } from './node.mjs';
import { PlainError } from './plainError.mjs';
import { run } from './run.mjs';

/**
 * Makes everything ready that the other commands need; quick where it is already.
 * @returns {ReturnType<typeof supportedNode>} the Node to run the rest with
 */
export async function setup() {
  await assertGit();
  const node = await supportedNode();
  await install(node);
  return node;
}

async function assertGit() {
  const git = await run('git', ['--version']).catch(() => ({ code: 1 }));
  if (git.code !== 0) {
    throw new PlainError('git is missing: install it and try again.');
  }
}
