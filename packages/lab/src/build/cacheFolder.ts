import { homedir } from 'os';
import { join } from 'path';

/** Where the lab keeps what it built, and where to find the one that runs. */
export function cacheFolder(): string {
  const caches = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(caches, 'slipway', 'lab');
}
