import { randomUUID } from 'node:crypto';
import {
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';

const LOCK = 'slipway.lock';
const BEAT_MS = 30_000;
/** After so long without a beat, a holder on another host counts as gone. */
const GONE_MS = 6 * BEAT_MS;
const MOST_FOLDERS = 64;

/** Folders that this process holds. */
const held = new Set<string>();

/**
 * A folder that no other process writes to. The first process takes the folder
 * itself, others on the same disk take `<folder>.2`, `<folder>.3` and so on,
 * so that every replica can read. What a process that is gone left locked is
 * taken over, with what is in it.
 */
export class CacheFolder {
  readonly directory: string;
  readonly #beat: NodeJS.Timeout;

  private constructor(directory: string) {
    this.directory = directory;
    // Only other hosts need it: on this one the process itself can be asked.
    this.#beat = setInterval(() => {
      const now = new Date();
      utimes(join(directory, LOCK), now, now).catch(() => {});
    }, BEAT_MS).unref();
    held.add(directory);
  }

  static async take(wanted: string): Promise<CacheFolder> {
    for (let number = 1; number <= MOST_FOLDERS; number++) {
      const directory = resolve(number === 1 ? wanted : `${wanted}.${number}`);
      if (!held.has(directory) && (await lock(directory))) {
        return new CacheFolder(directory);
      }
    }
    throw new Error(
      `All ${MOST_FOLDERS} Git caches at ${wanted} are in use; give this process another cache directory`,
    );
  }

  async release(): Promise<void> {
    clearInterval(this.#beat);
    if (held.delete(this.directory)) {
      await rm(join(this.directory, LOCK), { force: true });
    }
  }
}

async function lock(directory: string): Promise<boolean> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, LOCK);
  const mine = JSON.stringify({ host: hostname(), pid: process.pid });
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await writeFile(path, mine, { flag: 'wx' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
    }
    const there = await readLock(path);
    if (there === undefined) {
      continue;
    }
    if (isAlive(there)) {
      return false;
    }
    // Someone else may have taken it over since it was read.
    const aside = `${path}.${randomUUID()}`;
    await rename(path, aside).catch(() => {});
    const taken = await readLock(aside);
    if (taken && taken.text !== there.text) {
      await rename(aside, path);
      return false;
    }
    await rm(aside, { force: true });
  }
  return false;
}

interface Lock {
  text: string;
  /** How long ago its holder showed that it lives, in ms. */
  age: number;
}

async function readLock(path: string): Promise<Lock | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([
      readFile(path, 'utf8'),
      stat(path),
    ]);
    return { text, age: Date.now() - mtimeMs };
  } catch {
    return undefined;
  }
}

function isAlive({ text, age }: Lock): boolean {
  const [, host, pid] = /^{"host":"(.*)","pid":(\d+)}$/.exec(text) ?? [];
  if (host !== hostname()) {
    return age < GONE_MS;
  }
  // This process holds only what it knows of: in containers every process may
  // have the same number.
  return Number(pid) !== process.pid && exists(Number(pid));
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
