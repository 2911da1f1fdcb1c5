import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../scripts/lib/buildApp.mjs';
import { startPortal } from '../scripts/lib/portal.mjs';
import { tryPort } from '../scripts/lib/ports.mjs';
import { setup } from '../scripts/lib/setup.mjs';

/**
 * Starts a portal with data of its own. SLIPWAY_E2E_URL and
 * SLIPWAY_E2E_CONTROL_URL name one that runs already instead.
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
  const dataDir = await mkdtemp(join(tmpdir(), 'slipway-e2e-'));
  const portal = await startPortal({
    node,
    port,
    dataDir,
    demoPorts: 'ephemeral',
  });
  // Workers start later and inherit these.
  process.env.SLIPWAY_E2E_URL = portal.url;
  process.env.SLIPWAY_E2E_CONTROL_URL = portal.demo.control;

  return async () => {
    await portal.stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
}
