import { existsSync, readdirSync } from 'node:fs';
import {
  cp,
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fromRoot } from '../paths.mjs';
import { PlainError } from '../plainError.mjs';
import { run } from '../run.mjs';
import { readGuide } from './packageGuide.mjs';
import { runOrFail } from './packageRun.mjs';

const CREATE_APP = '0.9.2';
const YARN = fromRoot('.yarn', 'releases', 'yarn-4.13.0.cjs');

/**
 * Makes the portal that `create-app` makes, with its app for the legacy frontend system beside the other, in
 * packages/app-legacy.
 * @param {{ node: import('../portal.d.mts').SupportedNode, folder: string, registry: string }} options
 * @returns {Promise<string>} its folder
 */
export async function createPortal({ node, folder, registry }) {
  const tool = join(folder, 'create-app');
  await mkdir(tool);
  await writeJson(join(tool, 'package.json'), {
    name: 'create',
    private: true,
    dependencies: { '@backstage/create-app': CREATE_APP },
    resolutions: (await readJson(fromRoot('package.json'))).resolutions,
  });
  await writeFile(join(tool, 'yarn.lock'), '');
  await cp(fromRoot('.yarnrc.yml'), join(tool, '.yarnrc.yml'));
  await cp(fromRoot('.yarn', 'releases'), join(tool, '.yarn', 'releases'), {
    recursive: true,
  });
  await yarn(node, tool, ['install']);

  const create = async (path, ...args) =>
    runOrFail(
      node,
      [
        join(tool, 'node_modules', '.bin', 'backstage-create-app'),
        ...['--skip-install', '--path', path, ...args],
      ],
      tool,
      {
        BACKSTAGE_APP_NAME: 'portal',
        PATH: [await yarnOnPath(node, folder), node.env.PATH].join(delimiter),
      },
    );
  const portal = join(folder, 'portal');
  const legacy = join(folder, 'legacy');
  await Promise.all([create(portal), create(legacy, '--legacy')]);
  await rename(
    join(legacy, 'packages', 'app'),
    join(portal, 'packages', 'app-legacy'),
  );
  await editJson(
    join(portal, 'packages', 'app-legacy', 'package.json'),
    manifest => ({ ...manifest, name: 'app-legacy' }),
  );
  await useTestedVersions(portal, registry);
  return portal;
}

/** `create-app` wants a yarn; a machine need not have one. */
async function yarnOnPath(node, folder) {
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(
    join(bin, 'yarn'),
    `#!/bin/sh\nexec "${node.executable}" "${YARN}" "$@"\n`,
    { mode: 0o755 },
  );
  return bin;
}

/** The versions, and the delay for new ones, that the lock file here was made with, and our registry for our scope. */
async function useTestedVersions(portal, registry) {
  const ours = await readJson(fromRoot('package.json'));
  await editJson(join(portal, 'package.json'), manifest => ({
    ...manifest,
    resolutions: { ...ours.resolutions, ...manifest.resolutions },
    dependenciesMeta: {
      ...ours.dependenciesMeta,
      // Takes a minute to build: useOurDatabaseDriver has one that is built.
      'better-sqlite3': { built: false },
    },
  }));
  await cp(fromRoot('yarn.lock'), join(portal, 'yarn.lock'));

  const gate = (await readFile(fromRoot('.yarnrc.yml'), 'utf8')).match(
    /^npmMinimalAgeGate: .*$/m,
  )[0];
  const file = join(portal, '.yarnrc.yml');
  const settings = (await readFile(file, 'utf8'))
    .replace(/^npmMinimalAgeGate: .*$/m, gate)
    .replace("  - '@backstage/*'", found => `${found}\n  - '@slipway/*'`);
  await writeFile(
    file,
    `${settings}
enableTelemetry: false
unsafeHttpWhitelist: ['127.0.0.1']
npmScopes:
  slipway:
    npmRegistryServer: '${registry}'
`,
  );
}

/**
 * Installs the portal with the plugins: the commands of docs/install.md, all of which only note what to add, and one
 * installation.
 * @param {{ node: import('../portal.d.mts').SupportedNode, portal: string }} options
 */
export async function installPortal({ node, portal }) {
  const since = Date.now();
  const commands = readGuide().get('packages')?.trim().split('\n') ?? [];
  const legacy = commands
    .filter(command => command.includes('packages/app '))
    .map(command => command.replace('packages/app ', 'packages/app-legacy '));
  try {
    for (const command of [...commands, ...legacy]) {
      const [program, ...args] = command.split(/\s+/);
      if (program !== 'yarn') {
        throw new PlainError(
          `docs/install.md has a command not of Yarn: ${command}`,
        );
      }
      await yarn(node, portal, [...args, '--mode=update-lockfile']);
    }
    await yarn(node, portal, ['install']);
  } finally {
    await forgetPlugins(node, portal, since);
  }
  await useOurDatabaseDriver(portal);
}

/** Takes what this run put there for good out of the cache that all projects share. */
async function forgetPlugins(node, portal, since) {
  const { output } = await run(
    node.executable,
    [YARN, 'config', 'get', 'cacheFolder'],
    { cwd: portal, env: node.env },
  );
  const cache = output.trim();
  const names = existsSync(cache) ? readdirSync(cache) : [];
  for (const name of names.filter(one => one.startsWith('@slipway-'))) {
    const file = join(cache, name);
    if ((await stat(file)).mtimeMs >= since) {
      await rm(file, { force: true });
    }
  }
}

async function useOurDatabaseDriver(portal) {
  const find = folder =>
    dirname(
      createRequire(
        join(folder, 'packages', 'backend', 'package.json'),
      ).resolve('better-sqlite3/package.json'),
    );
  const [ours, theirs] = [find(fromRoot()), find(portal)];
  const versions = await Promise.all(
    [ours, theirs].map(
      async path => (await readJson(join(path, 'package.json'))).version,
    ),
  );
  if (versions[0] !== versions[1]) {
    throw new PlainError(
      `The portal has better-sqlite3 ${versions[1]}, here is ${versions[0]}`,
    );
  }
  await cp(join(ours, 'build'), join(theirs, 'build'), { recursive: true });
}

function yarn(node, cwd, args) {
  return runOrFail(node, [YARN, ...args], cwd, {
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
  });
}

async function readJson(file) {
  return JSON.parse(await readFile(file, 'utf8'));
}

function writeJson(file, value) {
  return writeFile(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

async function editJson(file, change) {
  await writeJson(file, change(await readJson(file)));
}
