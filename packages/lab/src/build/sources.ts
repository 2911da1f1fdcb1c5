import { createHash } from 'crypto';
import { existsSync } from 'fs';
import { readdir, readFile } from 'fs/promises';
import { dirname, join, relative } from 'path';

/** The Go module `lab/` of the checkout that this runs from. */
export function findSources(): string {
  // Searched upwards, so that it is found from a build's folder as well.
  // eslint-disable-next-line no-restricted-syntax
  const start = __dirname;
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, 'lab', 'go.mod');
    if (existsSync(candidate)) {
      return dirname(candidate);
    }
    if (folder === dirname(folder)) {
      throw new Error(
        `lab/go.mod is not above ${start}: run the lab from a checkout`,
      );
    }
  }
}

/** A hash over everything that a build comes from: the module's files, and how it is built. */
export async function fingerprint(
  sources: string,
  recipe: string[],
): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(sources, {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries
    .filter(entry => entry.isFile() && /\.(go|mod|sum)$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    hash.update(`${relative(sources, file)}\0`).update(await readFile(file));
  }
  return hash.update(recipe.join('\0')).digest('hex');
}
