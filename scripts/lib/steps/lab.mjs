import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from '../paths.mjs';
import { PlainError } from '../plainError.mjs';
import { run } from '../run.mjs';
import { typescriptArgs } from '../typescript.mjs';
import { CONNECTION, LAB_TESTS, toResult, withPostgres } from './unit.mjs';

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
  return withPostgres(async (folder, url) => {
    const file = join(folder, 'results.json');
    const { code, output } = await run(
      node.executable,
      [
        fromRoot('node_modules', '.bin', 'backstage-cli'),
        ...[
          'repo',
          'test',
          '--silent',
          // One lab after the other: each has dozens of programs.
          '--maxWorkers=1',
          '--testTimeout=600000',
          `--testPathPatterns=${LAB_TESTS}`,
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
        log: fromRoot('.cache', 'logs', 'lab.log'),
      },
    );
    if (!existsSync(file)) {
      return { passed: 0, failed: 1, report: output.trimEnd() };
    }
    return toResult(JSON.parse(readFileSync(file, 'utf8')), code);
  });
}

/** Says what it builds as it does, and rejects with why it cannot. */
function buildPrograms(node) {
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
