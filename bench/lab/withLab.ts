import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtPrograms, Lab } from '../../packages/lab/src';

/**
 * Gives work an empty lab and a folder, and ends whatever runs in the lab when the work has ended, or when a part of
 * the lab ended by itself: then it rejects with the reason.
 */
export async function withLab<T>(
  work: (options: { lab: Lab; directory: string }) => Promise<T>,
): Promise<T> {
  const programs = await builtPrograms({ log: line => console.log(line) });
  const directory = await mkdtemp(join(tmpdir(), 'slipway-bench-lab-'));
  try {
    const lab = await Lab.create({ programs, folder: join(directory, 'lab') });
    try {
      return await Promise.race([lab.died, work({ lab, directory })]);
    } finally {
      await lab.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
