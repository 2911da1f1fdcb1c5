import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fromRoot } from './paths.mjs';
import { PlainError } from './plainError.mjs';
import { step } from './progress.mjs';
import { run } from './run.mjs';

const FETCHED_VERSION = '22.23.1';

/**
 * Whether Backstage and our native add-ons work on this version of Node.
 * better-sqlite3 below 13 aborts on Node 24.19 and later.
 * @param {string} version e.g. `22.23.1`
 */
export function isSupported(version) {
  const [major, minor] = version.split('.').map(Number);
  return major === 22 || (major === 24 && minor < 19);
}

/**
 * A supported Node: the running one, or one from the npm registry, where
 * platform builds of Node are ordinary packages.
 * @returns {Promise<{ executable: string, version: string, env: NodeJS.ProcessEnv }>}
 *   `env` has it first in PATH and lets native add-ons find its headers
 */
export async function supportedNode() {
  if (isSupported(process.versions.node)) {
    return toNode(process.execPath, process.versions.node);
  }
  const folder = fromRoot('.cache', 'node', FETCHED_VERSION);
  const executable = join(folder, 'bin', 'node');
  if (!existsSync(executable)) {
    await step(
      `fetching Node ${FETCHED_VERSION} (this one is ${process.versions.node}, Backstage needs 22 or 24)`,
      () => fetchNode(folder),
    );
  }
  return toNode(executable, FETCHED_VERSION);
}

async function fetchNode(folder) {
  const name = `node-${process.platform}-${process.arch}@${FETCHED_VERSION}`;
  const temporary = `${folder}.${process.pid}`;
  await mkdir(temporary, { recursive: true });
  try {
    const packed = await run('npm', [
      'pack',
      name,
      '--silent',
      '--pack-destination',
      temporary,
    ]);
    if (packed.code !== 0) {
      throw new PlainError(
        `Node ${process.versions.node} is not supported and npm could not fetch ${name}. Install Node 22 and try again. npm said:\n${packed.tail}`,
      );
    }
    const archive = packed.output.trim().split('\n').pop();
    const unpacked = await run('tar', [
      '-xzf',
      join(temporary, archive),
      '-C',
      temporary,
    ]);
    const tried = await run(join(temporary, 'package', 'bin', 'node'), ['-v']);
    if (unpacked.code !== 0 || tried.code !== 0) {
      throw new PlainError(
        `The Node that npm fetched (${name}) does not run here. Install Node 22 and try again.\n${unpacked.tail}${tried.tail}`,
      );
    }
    await rename(join(temporary, 'package'), folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function toNode(executable, version) {
  const prefix = dirname(dirname(executable));
  const env = {
    ...process.env,
    PATH: `${dirname(executable)}${delimiter}${process.env.PATH}`,
  };
  if (existsSync(join(prefix, 'include', 'node', 'node.h'))) {
    env.npm_config_nodedir = prefix;
  }
  return { executable, version, env };
}
