import { existsSync } from 'fs';
import { readdir, readFile } from 'fs/promises';
import { dirname, join, relative, sep } from 'path';

/** The files of one example repo, by path, as they are after its last commit. */
export type ExampleRepo = Map<string, string>;

/** The folder `examples/configRepos` of the checkout that this runs from. */
export function findExamples(): string {
  // Searched upwards, so that it is found from a build's folder as well.
  // eslint-disable-next-line no-restricted-syntax
  const start = __dirname;
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, 'examples', 'configRepos');
    if (existsSync(candidate)) {
      return candidate;
    }
    if (folder === dirname(folder)) {
      throw new Error(
        `examples/configRepos is not above ${start}: run the demo from a checkout`,
      );
    }
  }
}

/** Reads one example repo. */
export async function readExampleRepo(
  examples: string,
  name: string,
): Promise<ExampleRepo> {
  const root = join(examples, name);
  const files: ExampleRepo = new Map();
  for (const entry of await readdir(root, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (entry.isFile()) {
      const path = join(entry.parentPath, entry.name);
      files.set(
        relative(root, path).split(sep).join('/'),
        await readFile(path, 'utf8'),
      );
    }
  }
  return files;
}
