import { fromRoot } from './paths.mjs';
import { PlainError } from './plainError.mjs';
import { step } from './progress.mjs';
import { run } from './run.mjs';
import { hashOf, unlessStamped } from './stamp.mjs';
import { workspaces } from './workspaces.mjs';

const YARN = fromRoot('.yarn', 'releases', 'yarn-4.13.0.cjs');
const LOG = fromRoot('.cache', 'logs', 'install.log');

/**
 * Installs the packages of the lock file, unless that was done already.
 * @param {Awaited<ReturnType<import('./node.mjs').supportedNode>>} node
 */
export async function install(node) {
  const manifests = workspaces().map(path => `${path}/package.json`);
  await unlessStamped({
    file: fromRoot('node_modules', '.slipway-setup'),
    hash: hashOf(
      ['yarn.lock', '.yarnrc.yml', 'package.json', ...manifests],
      [node.version, process.platform, process.arch],
    ),
    work: () =>
      step('installing packages (about two minutes the first time)', () =>
        installPackages(node),
      ),
  });
}

async function installPackages(node) {
  const yarn = (...args) =>
    run(node.executable, [YARN, ...args], { env: node.env, log: LOG });

  const installed = await yarn('install', '--immutable');
  if (await databaseLoads(node)) {
    if (installed.code !== 0) {
      throw new PlainError(
        `Installing packages failed (all of it is in ${LOG}):\n${installed.tail}`,
      );
    }
    return;
  }
  if (installed.code === 0) {
    // It was built for another Node.
    await yarn('rebuild', 'better-sqlite3');
    if (await databaseLoads(node)) {
      return;
    }
  }
  const missing = await missingBuildTools();
  throw new PlainError(
    missing.length > 0
      ? `The SQLite driver (better-sqlite3) has no prebuilt binary that can be fetched here, and to build it ${missing.join(
          ', ',
        )} must be installed: install ${
          missing.length > 1 ? 'them' : 'it'
        } and try again.`
      : `Installing packages failed, or the SQLite driver (better-sqlite3) could not be built (all of it is in ${LOG}):\n${installed.tail}`,
  );
}

async function databaseLoads(node) {
  const script = "new (require('better-sqlite3'))(':memory:').close()";
  const loaded = await run(node.executable, ['-e', script], {
    env: node.env,
    cwd: fromRoot('packages', 'backend'),
  });
  return loaded.code === 0;
}

async function missingBuildTools() {
  const missing = [];
  for (const tool of ['python3', 'make', 'g++']) {
    const found = await run(tool, ['--version']).catch(() => ({ code: 1 }));
    if (found.code !== 0) {
      missing.push(tool);
    }
  }
  return missing;
}
