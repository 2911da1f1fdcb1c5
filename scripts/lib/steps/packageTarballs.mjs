import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fromRoot } from '../paths.mjs';
import { run } from '../run.mjs';
import { runOrFail } from './packageRun.mjs';

const ROOT_FILES = [
  ...['package.json', 'yarn.lock', 'tsconfig.json', 'backstage.json'],
  ...['.yarnrc.yml', '.yarn/releases', '.yarn/install-state.gz'],
];

/**
 * A packed plugin: its source folder, and what is in its package.json.
 * @typedef {{ file: string, source: string, manifest: import('@backstage/cli-node').BackstagePackageJson }} Tarball
 */

/**
 * Builds and packs the plugins as they would be published. It happens in a copy, because packing rewrites package.json
 * for as long as it takes.
 * @param {{ node: import('../portal.d.mts').SupportedNode, folder: string }} options
 * @returns {Promise<Tarball[]>}
 */
export async function packPlugins({ node, folder }) {
  // Its errors are those of the step `types`; here its declarations are needed.
  await run(node.executable, [fromRoot('node_modules', '.bin', 'tsc')], {
    env: node.env,
  });
  const copy = join(folder, 'copy');
  const tarballs = join(folder, 'tarballs');
  await mkdir(tarballs);
  await copyWorkspace(node, copy);

  await runOrFail(
    node,
    [join(copy, 'node_modules', '.bin', 'backstage-cli'), 'repo', 'build'],
    copy,
  );
  return Promise.all(
    readdirSync(join(copy, 'plugins')).map(name =>
      pack({ node, source: join(copy, 'plugins', name), tarballs, name }),
    ),
  );
}

async function copyWorkspace(node, copy) {
  await mkdir(copy);
  for (const path of ROOT_FILES) {
    await cp(fromRoot(path), join(copy, path), { recursive: true });
  }
  await cp(
    fromRoot('dist-types', 'plugins'),
    join(copy, 'dist-types', 'plugins'),
    {
      recursive: true,
    },
  );
  await symlink(fromRoot('node_modules'), join(copy, 'node_modules'));

  // As Git has them: without what was built or installed here before.
  const { output } = await run('git', [
    ...['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    ...['--', 'plugins'],
  ]);
  const files = output
    .split('\0')
    .filter(path => path && existsSync(fromRoot(path)));
  for (const path of files) {
    await cp(fromRoot(path), join(copy, path));
  }
  for (const name of readdirSync(join(copy, 'plugins'))) {
    const own = fromRoot('plugins', name, 'node_modules');
    if (existsSync(own)) {
      await symlink(own, join(copy, 'plugins', name, 'node_modules'));
    }
  }
}

async function pack({ node, source, tarballs, name }) {
  const file = join(tarballs, `${name}.tgz`);
  const yarn = fromRoot('.yarn', 'releases', 'yarn-4.13.0.cjs');
  await runOrFail(node, [yarn, 'pack', '--out', file], source);
  const { output } = await run('tar', ['-xzOf', file, 'package/package.json']);
  return { file, source, manifest: JSON.parse(output) };
}
