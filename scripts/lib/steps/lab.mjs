import { spawn, spawnSync } from 'node:child_process';
import { fromRoot } from '../paths.mjs';
import { PlainError } from '../plainError.mjs';
import { typescriptArgs } from '../typescript.mjs';
import { LAB_TESTS, runJest } from './jest.mjs';
import { withPostgres } from './withPostgres.mjs';

/** Why the step is left out; where tests run for everybody nothing is. */
export function whyNoLab() {
  if (process.env.CI || process.env.SLIPWAY_LAB_BIN) {
    return undefined;
  }
  const { error } = spawnSync('go', ['version']);
  return (
    error &&
    'left out, since there is no Go to build the lab with: install it, or name a folder with the built programs in SLIPWAY_LAB_BIN'
  );
}

/** What is proven on real API servers, Argo CD and Flux. */
export async function lab({ node }) {
  await buildPrograms(node);
  return withPostgres(env =>
    runJest({
      node,
      name: 'lab',
      args: [
        // One lab after the other: each has dozens of programs.
        '--maxWorkers=1',
        '--testTimeout=600000',
        `--testPathPatterns=${LAB_TESTS}`,
      ],
      env,
    }),
  );
}

/** Says what it builds as it does, and rejects with why it cannot. */
export function buildPrograms(node) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      node.executable,
      [
        ...typescriptArgs,
        fromRoot('scripts', 'lib', 'runMain.cjs'),
        fromRoot('packages', 'lab', 'src', 'cli.ts'),
        'build',
      ],
      { env: node.env, stdio: ['ignore', 'inherit', 'pipe'] },
    );
    let reason = '';
    child.stderr.on('data', chunk => {
      reason += chunk;
    });
    child.on('error', reject);
    child.on('close', code =>
      code === 0 ? resolve() : reject(new PlainError(reason.trimEnd())),
    );
  });
}
