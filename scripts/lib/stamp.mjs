import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';

const IGNORED = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

/**
 * A hash over the content of files and folders, and over any other words.
 * @param {string[]} paths relative to the root; ones that do not exist count as such
 * @param {string[]} [words]
 */
export function hashOf(paths, words = []) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesBelow).sort()) {
    const file = join(root, path);
    hash.update(`${path}\0`);
    hash.update(existsSync(file) ? readFileSync(file) : '\0missing');
  }
  words.forEach(word => hash.update(`\0${word}`));
  return hash.digest('hex');
}

function filesBelow(path) {
  const file = join(root, path);
  if (!existsSync(file) || !statSync(file).isDirectory()) {
    return [path];
  }
  return readdirSync(file)
    .filter(name => !IGNORED.has(name))
    .flatMap(name => filesBelow(`${path}/${name}`));
}

/**
 * Does some work unless it was done for the same hash.
 * @param {{ file: string, hash: string, work: () => Promise<void> }} options
 * @returns {Promise<boolean>} whether there was anything to do
 */
export async function unlessStamped({ file, hash, work }) {
  if (existsSync(file) && readFileSync(file, 'utf8') === hash) {
    return false;
  }
  await rm(file, { force: true });
  await work();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, hash);
  return true;
}
