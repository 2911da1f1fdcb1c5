import { existsSync } from 'node:fs';
import { fromRoot } from './paths.mjs';
import { PlainError } from './plainError.mjs';
import { step } from './progress.mjs';
import { run } from './run.mjs';
import { hashOf, unlessStamped } from './stamp.mjs';
import { workspaces } from './workspaces.mjs';

/**
 * Builds the pages, unless nothing that goes into them has changed.
 * @param {Awaited<ReturnType<import('./node.mjs').supportedNode>>} node
 */
export async function buildApp(node) {
  const stamp = fromRoot('packages', 'app', 'dist', '.slipway-build');
  const log = fromRoot('.cache', 'logs', 'build.log');
  await unlessStamped({
    file: stamp,
    hash: hashOf(sources(), [node.version]),
    work: () =>
      step('building the pages (under a minute)', async () => {
        const built = await run(
          node.executable,
          [
            fromRoot('node_modules', '.bin', 'backstage-cli'),
            'package',
            'build',
          ],
          { cwd: fromRoot('packages', 'app'), env: node.env, log },
        );
        if (built.code !== 0) {
          throw new PlainError(
            `Building the pages failed (all of it is in ${log}):\n${built.tail}`,
          );
        }
      }),
  });
}

function sources() {
  const schemas = workspaces()
    .map(path => `${path}/config.d.ts`)
    .filter(path => existsSync(fromRoot(path)));
  return [
    'yarn.lock',
    'app-config.yaml',
    'packages/app/src',
    'packages/app/public',
    'packages/app/package.json',
    'plugins/slipway/src',
    'plugins/slipway/package.json',
    'plugins/slipway-common/src',
    'plugins/slipway-common/package.json',
    ...schemas,
  ];
}
