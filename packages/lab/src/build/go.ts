import { execFile } from 'child_process';
import { readFile } from 'fs/promises';
import { join } from 'path';
import { promisify } from 'util';
import { LabError } from '../LabError';

const OUTPUT_LIMIT = 64 * 1024 * 1024;
const TAIL_LINES = 30;

/** Runs Go in the module's folder and resolves to what it printed. */
export async function runGo(sources: string, args: string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('go', args, {
      cwd: sources,
      // Static, so that they run wherever they are copied to.
      env: { ...process.env, CGO_ENABLED: '0' },
      maxBuffer: OUTPUT_LIMIT,
    });
    return stdout;
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    const tail = stderr.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
    throw new Error(`go ${args[0]} failed:\n${tail || message}`);
  }
}

/** The folder of a module's sources in Go's module cache. */
export function moduleFolder(sources: string, module: string): Promise<string> {
  return moduleField(sources, module, 'Dir');
}

/** The version of a module that the lab's own module asks for, such as `v1.36.3`. */
export function moduleVersion(
  sources: string,
  module: string,
): Promise<string> {
  return moduleField(sources, module, 'Version');
}

async function moduleField(
  sources: string,
  module: string,
  field: 'Dir' | 'Version',
): Promise<string> {
  const listing = await runGo(sources, [
    'list',
    '-mod=readonly',
    '-m',
    `-f={{.${field}}}`,
    module,
  ]);
  return listing.trim();
}

/** Rejects, with one sentence, where there is no Go that builds the module. */
export async function assertGo(sources: string): Promise<void> {
  const wanted = /^go (\S+)$/m.exec(
    await readFile(join(sources, 'go.mod'), 'utf8'),
  )![1];
  const remedy = `Install Go ${wanted} or newer, or name a folder with the built programs in SLIPWAY_LAB_BIN.`;
  let found: string;
  try {
    found = (await runGo('/', ['env', 'GOVERSION'])).trim();
  } catch {
    throw new LabError(`The lab needs Go, which is not here. ${remedy}`);
  }
  if (!isAtLeast(found.replace(/^go/, ''), wanted)) {
    throw new LabError(
      `The lab needs Go ${wanted}, this one is ${found.replace(
        /^go/,
        '',
      )}. ${remedy}`,
    );
  }
}

/** Whether one version, such as `1.26.8` or `1.27rc1`, is not before another. */
export function isAtLeast(version: string, wanted: string): boolean {
  const [have, need] = [version, wanted].map(text =>
    text.split(/[^0-9]+/).map(Number),
  );
  for (const [index, number] of need.entries()) {
    const difference = (have[index] ?? 0) - number;
    if (difference !== 0) {
      return difference > 0;
    }
  }
  return true;
}
