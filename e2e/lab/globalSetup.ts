import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../scripts/lib/buildApp.mjs';
import { Children } from '../../scripts/lib/Children.mjs';
import { startLab } from '../../scripts/lib/lab.mjs';
import { startLabPortal } from '../../scripts/lib/labPortal.mjs';
import { tryPort } from '../../scripts/lib/ports.mjs';
import { setup } from '../../scripts/lib/setup.mjs';

/**
 * Starts a lab and a portal on it. SLIPWAY_E2E_URL and SLIPWAY_E2E_LAB name ones that run already
 * instead, the latter as JSON: what `startLab` resolves to.
 */
export default async function globalSetup() {
  if (process.env.SLIPWAY_E2E_URL) {
    return undefined;
  }
  const node = await setup();
  await buildApp(node);
  const port = await tryPort(0);
  if (!port) {
    throw new Error('There is no free port');
  }
  const folder = await mkdtemp(join(tmpdir(), 'slipway-e2e-lab-'));
  const children = new Children(join(folder, 'logs'));
  const stop = async () => {
    await children.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    let onDeath: (reason: string) => void = () => {};
    const died = new Promise<never>((_, reject) => {
      onDeath = reason => reject(new Error(reason));
    });
    died.catch(() => {});
    const running = await Promise.race([
      died,
      startLab({ children, node, folder: join(folder, 'lab'), onDeath }),
    ]);
    const { lab, control } = running;
    const dataDir = join(folder, 'portal');
    // Workers start later and inherit these.
    process.env.SLIPWAY_E2E_URL = await Promise.race([
      died,
      startLabPortal({ children, node, port, dataDir, lab, onDeath }),
    ]);
    process.env.SLIPWAY_E2E_LAB = JSON.stringify({ lab, control });
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}
