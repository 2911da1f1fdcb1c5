import { existsSync } from 'node:fs';
import { PlainError } from './plainError.mjs';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Keeps it from calling home and from needing what test machines lack. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A Chromium: the one that CHROMIUM_PATH names, one that is installed, or the
 * one inside the npm package @sparticuz/chromium.
 * @returns {Promise<{ executablePath: string, args: string[] }>}
 */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named && !existsSync(named)) {
    throw new PlainError(`CHROMIUM_PATH names ${named}, which does not exist.`);
  }
  const installed = named ?? INSTALLED.find(path => existsSync(path));
  if (installed) {
    return { executablePath: installed, args: ARGS };
  }
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: packed } = await import('@sparticuz/chromium');
    const executablePath = await packed.executablePath();
    return { executablePath, args: [...packed.args, ...ARGS] };
  }
  throw new PlainError(
    'The browser tests need Chromium or Chrome and none was found: install one, or name it in CHROMIUM_PATH.',
  );
}
