// The portal of `npm start` in a process of its own, which says what it uses. Its arguments are those of the backend.
import { setTimeout as delay } from 'node:timers/promises';

/** What the process used since it was started, and holds. */
export interface Usage {
  /** Bytes after garbage was collected. */
  rss: number;
  heap: number;
  external: number;
  /** Milliseconds of processor time. */
  cpu: number;
}

async function usage({ collect }: { collect: boolean }): Promise<Usage> {
  for (let round = 0; collect && round < 4; round++) {
    global.gc?.();
    await delay(250);
  }
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heap: heapUsed, external, cpu: (user + system) / 1000 };
}

process.on('message', async (message: { usage?: { collect: boolean } }) => {
  if (message.usage) process.send?.({ used: await usage(message.usage) });
});
// However whoever started it comes to end
process.on('disconnect', () => process.exit(0));

require('../../packages/backend/src');
