import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../../plugins/slipway-backend/src/git/testUtils/gitServer';
import { buildApp } from '../../scripts/lib/buildApp.mjs';
import { startPortal } from '../../scripts/lib/portal.mjs';
import { tryPort } from '../../scripts/lib/ports.mjs';
import { setup } from '../../scripts/lib/setup.mjs';
import type { BenchResult } from '../types';
import { atMost, percentile } from '../verdicts';
import { ModuleCardsPage } from './ModuleCardsPage';

const MODULES = 500;
const RUNS = 20;
const WARM_UP = 4;

/**
 * An environment of 500 modules as cards, in a real browser on the demo portal: from choosing a filter to the page that shows what
 * it leaves, painted.
 */
export async function run(): Promise<BenchResult[]> {
  const node = await setup();
  await buildApp(node);
  const port = await tryPort(0);
  if (!port) throw new Error('There is no free port');
  const dataDir = await mkdtemp(join(tmpdir(), 'slipway-bench-cards-'));
  const portal = await startPortal({
    node,
    port,
    dataDir,
    demoPorts: 'ephemeral',
  });
  try {
    await pushModules(`${portal.demo.git}/shop.git`, join(dataDir, 'clone'));
    const page = await ModuleCardsPage.open(
      portal.url,
      '/slipway/environments/shop/many',
      MODULES,
    );
    try {
      return [
        await measure('state', round => page.choose(round % 2 === 0)),
        await measure('search', round => page.search(round % 2 === 0)),
      ];
    } finally {
      await page.close();
    }
  } finally {
    await portal.stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function measure(
  name: string,
  filter: (round: number) => Promise<number>,
): Promise<BenchResult> {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + RUNS; round++) {
    times.push(await filter(round));
  }
  const [median, worst] = [0.5, 0.95].map(share =>
    percentile(times.slice(WARM_UP), share),
  );
  console.log(
    `${name}: p50 ${median.toFixed(0)} ms, p95 ${worst.toFixed(0)} ms`,
  );
  return atMost(`module-cards-${name}`, worst, 100, 'ms');
}

/** One commit with an environment of 500 modules. */
async function pushModules(url: string, clone: string): Promise<void> {
  await git(tmpdir(), ['clone', '-q', url, clone]);
  for (let number = 0; number < MODULES; number++) {
    const name = `module-${number}`;
    const directory = join(clone, 'many', name);
    await mkdir(directory, { recursive: true });
    await writeFile(
      join(directory, 'configmap.yaml'),
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`,
    );
  }
  await git(clone, ['add', '.']);
  await git(clone, ['commit', '-q', '-m', `Add ${MODULES} modules`]);
  await git(clone, ['push', '-q']);
}
