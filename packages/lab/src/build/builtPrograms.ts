import { existsSync } from 'fs';
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  stat,
  utimes,
} from 'fs/promises';
import { join } from 'path';
import { layerToolPath } from 'demo';
import { LabError } from '../LabError';
import { cacheFolder } from './cacheFolder';
import { assertGo, moduleVersion, runGo } from './go';
import { collectManifests, SOURCE_CONTROLLER } from './manifests';
import { PATCH, writePatchedModfile } from './patchedArgoCd';
import { linkerFlags, PROGRAMS } from './programs';
import { findSources, fingerprint } from './sources';

const UNUSED_MS = 14 * 24 * 3600 * 1000;
const REPEAT_MS = 15_000;

/** Options of {@link builtPrograms}. */
export interface BuiltProgramsOptions {
  /** Told what is being built, and how long it took. */
  log?: (line: string) => void;
}

/**
 * A folder with all programs of the lab and what they are installed with:
 * the one that `SLIPWAY_LAB_BIN` names, or the one that was built from the same
 * sources before, or a new one, which takes minutes the first time.
 */
export async function builtPrograms(
  options: BuiltProgramsOptions = {},
): Promise<string> {
  const given = process.env.SLIPWAY_LAB_BIN;
  if (given) {
    await assertComplete(given);
    return given;
  }
  if (process.platform !== 'linux') {
    throw new LabError('The lab runs on Linux only.');
  }
  const sources = findSources();
  const hash = await fingerprint(sources, [
    process.arch,
    SOURCE_CONTROLLER,
    JSON.stringify([
      PROGRAMS,
      PATCH,
      linkerFlags({ kubernetes: 'v0.0', argoCd: 'v0.0' }),
    ]),
  ]);
  const folder = join(cacheFolder(), hash);
  if (existsSync(folder)) {
    await utimes(folder, new Date(), new Date());
    return folder;
  }
  await assertGo(sources);
  await mkdir(cacheFolder(), { recursive: true });
  const temporary = await mkdtemp(join(cacheFolder(), 'building-'));
  try {
    await build(sources, temporary, options.log ?? (() => {}));
    await rename(temporary, folder).catch(error => {
      // Another builder was first with the same: its folder will do.
      if (!existsSync(folder)) {
        throw error;
      }
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  await removeUnused();
  return folder;
}

async function build(
  sources: string,
  folder: string,
  log: (line: string) => void,
): Promise<void> {
  const timed = async (title: string, work: () => Promise<unknown>) => {
    const since = Date.now();
    const elapsed = () => `${((Date.now() - since) / 1000).toFixed(0)} s`;
    const timer = setInterval(() => log(`  ${title}: ${elapsed()}`), REPEAT_MS);
    try {
      log(`· ${title} …`);
      await work();
      log(`✔ ${title} (${elapsed()})`);
    } finally {
      clearInterval(timer);
    }
  };
  await timed('fetching the Go modules of the lab', () =>
    runGo(sources, [
      'list',
      '-mod=readonly',
      '-deps',
      './cmd/...',
      ...PROGRAMS.map(({ package: path }) => path),
    ]),
  );
  const modfile = await writePatchedModfile(
    sources,
    join(cacheFolder(), 'patched'),
    folder,
  );
  const versions = {
    kubernetes: await moduleVersion(sources, 'k8s.io/kubernetes'),
    argoCd: await moduleVersion(sources, 'github.com/argoproj/argo-cd/v3'),
  };
  for (const { name, package: path } of PROGRAMS) {
    await timed(`building ${name}`, () =>
      runGo(sources, [
        'build',
        '-mod=readonly',
        '-buildvcs=false',
        ...(name === 'argocd' ? [`-modfile=${modfile}`] : []),
        `-ldflags=${linkerFlags(versions)}`,
        `-o=${join(folder, name)}`,
        path,
      ]),
    );
  }
  await collectManifests(sources, folder);
  await copyFile(await layerToolPath('helm'), join(folder, 'helm'));
  await chmod(join(folder, 'git-verify-wrapper.sh'), 0o755);
}

async function assertComplete(folder: string): Promise<void> {
  const wanted = [...PROGRAMS.map(({ name }) => name), 'helm', 'manifests'];
  const missing = wanted.filter(name => !existsSync(join(folder, name)));
  if (missing.length > 0) {
    throw new LabError(
      `SLIPWAY_LAB_BIN names ${folder}, which has no ${missing.join(', ')}.`,
    );
  }
}

/** Every change to the sources makes a new folder of half a gigabyte. */
async function removeUnused(): Promise<void> {
  for (const name of await readdir(cacheFolder())) {
    const folder = join(cacheFolder(), name);
    const isBuild = /^([0-9a-f]{64}|building-.*)$/.test(name);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: NaN }));
    if (isBuild && Date.now() - mtimeMs > UNUSED_MS) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
