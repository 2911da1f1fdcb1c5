import { existsSync } from 'fs';
import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'fs/promises';
import { basename, dirname, join, relative } from 'path';
import { moduleFolder } from './go';

const MODULE = 'github.com/argoproj/argo-cd/v3';

/** What the lab cannot do with as it is. */
export const PATCH = {
  // Nothing of the lab listens beyond loopback, and there is no flag for this address.
  file: 'controller/appcontroller.go',
  from: 'metricsAddr := fmt.Sprintf("0.0.0.0:%d", metricsPort)',
  to: 'metricsAddr := fmt.Sprintf("127.0.0.1:%d", metricsPort)',
};

/** Replaces the one place; throws where it is not there exactly once. */
export function applyPatch(content: string): string {
  const parts = content.split(PATCH.from);
  if (parts.length !== 2) {
    throw new Error(
      `${MODULE} has the line that the lab replaces ${
        parts.length - 1
      } times in ${
        PATCH.file
      }, not once: mend packages/lab/src/build/patchedArgoCd.ts before changing the version.`,
    );
  }
  return parts.join(PATCH.to);
}

/** Copies all but the documentation, which is most of it, and the file that is patched. */
async function copySources(from: string, to: string): Promise<void> {
  // Not `cp`: it would keep the module cache's folders read-only.
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = relative(from, join(entry.parentPath, entry.name));
    if (entry.isFile() && !path.startsWith('docs/') && path !== PATCH.file) {
      await mkdir(dirname(join(to, path)), { recursive: true });
      await copyFile(join(from, path), join(to, path));
    }
  }
}

/**
 * Copies Argo CD's module into a folder, patched, unless it is there. The
 * copies are kept by version: Go's build cache knows packages by their folder.
 */
async function copyModule(sources: string, copies: string): Promise<string> {
  const original = await moduleFolder(sources, MODULE);
  const copy = join(copies, `argo-cd-${basename(original)}`);
  const patched = applyPatch(
    await readFile(join(original, PATCH.file), 'utf8'),
  );
  const now = await readFile(join(copy, PATCH.file), 'utf8').catch(() => '');
  if (now === patched) {
    return copy;
  }
  await mkdir(copies, { recursive: true });
  const temporary = await mkdtemp(join(copies, 'copying-'));
  try {
    const folder = join(temporary, 'module');
    await copySources(original, folder);
    await writeFile(join(folder, PATCH.file), patched);
    await rm(copy, { recursive: true, force: true });
    await rename(folder, copy).catch(error => {
      // Another builder was first.
      if (!existsSync(copy)) {
        throw error;
      }
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return copy;
}

/**
 * Writes a go.mod, for `go build -modfile`, in which Argo CD is the patched
 * copy; resolves to its path. (`-overlay` refuses files of the module cache.)
 */
export async function writePatchedModfile(
  sources: string,
  copies: string,
  folder: string,
): Promise<string> {
  const copy = await copyModule(sources, copies);
  const modfile = join(folder, 'patched.mod');
  const content = await readFile(join(sources, 'go.mod'), 'utf8');
  await writeFile(modfile, `${content}\nreplace ${MODULE} => ${copy}\n`);
  await copyFile(join(sources, 'go.sum'), join(folder, 'patched.sum'));
  return modfile;
}
