import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError } from '../plainError.mjs';
import { run } from '../run.mjs';

const FOREIGN = [
  /^src\//,
  /\.test\./,
  /setupTests/,
  /(^|\/)(__fixtures__|__testUtils__|testUtils|fixtures)\//,
  /(^|\/)(node_modules|coverage|dev)\//,
];

/**
 * Fails unless a tarball has everything that users of the package need, and nothing else.
 * @param {import('./packageTarballs.mjs').Tarball} tarball
 */
export async function assertContents({ file, source, manifest }) {
  const { output } = await run('tar', ['-tzf', file]);
  const files = output
    .trim()
    .split('\n')
    .map(path => path.replace(/^package\//, ''));

  const has = path =>
    files.some(name => name === path || name.startsWith(`${path}/`));
  const wanted = new Set([
    ...['LICENSE', 'README.md'],
    ...(manifest.files ?? []),
    ...entries(manifest),
  ]);
  if (existsSync(join(source, 'config.d.ts'))) {
    wanted.add(manifest.configSchema ?? 'configSchema');
  }
  if (existsSync(join(source, 'migrations'))) {
    wanted.add('migrations');
  }
  const problems = [
    ...[...wanted].filter(path => !has(path)).map(path => `no ${path}`),
    ...files
      .filter(path => FOREIGN.some(pattern => pattern.test(path)))
      .map(path => `${path} does not belong there`),
    ...workspaceRanges(manifest),
  ];
  if (problems.length > 0) {
    throw new PlainError(problems.join('\n'));
  }
}

/** Every file that package.json names as a way in. */
function entries({ main, module, types, exports = {}, typesVersions = {} }) {
  const leaves = value =>
    typeof value === 'string'
      ? [value]
      : Object.values(value ?? {}).flatMap(leaves);
  return [main, module, types, ...leaves(exports), ...leaves(typesVersions)]
    .filter(path => path && !path.startsWith('@backstage/'))
    .map(path => path.replace(/^\.\//, ''));
}

/** Ranges that only the workspace understands. */
function workspaceRanges({ dependencies = {}, peerDependencies = {} }) {
  return Object.entries({ ...dependencies, ...peerDependencies })
    .filter(([, range]) => /^(workspace|link|file|backstage):/.test(range))
    .map(([name, range]) => `${name} is wanted as ${range}`);
}
