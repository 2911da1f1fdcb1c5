import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Lab } from '../../packages/lab/src';
import { until } from '../../packages/lab/src';
import {
  createApplications,
  createRepository,
  ESTATE,
  type EstateModule,
  REPO,
} from '../lab/estate';
import { leftApplication, serveApplications } from '../lab/engine';
import { LabPortal, type PortalCluster } from '../lab/LabPortal';
import type { Usage } from '../lab/portalProcess';
import { load } from '../lab/withEstate';
import { withLab } from '../lab/withLab';
import type { BenchResult } from '../types';
import { atMost, percentile } from '../verdicts';

const CLUSTERS = 32;
/** On each cluster. */
const APPLICATIONS = 10;
const CUTS = 3;
const CUT_MS = 30_000;
const SETTLE_MS = 20_000;
const QUIET_MS = 60_000;
const MB = 1_000_000;

/**
 * 32 real API servers, each with ten Applications, and the portal of `npm start`, which runs before they do. The peer is
 * the same portal with none of them.
 */
export async function run(): Promise<BenchResult[]> {
  return withLab(async ({ lab, directory }) => {
    await createRepository(lab.git, { declared: false });
    const names = Array.from(
      { length: CLUSTERS },
      (_, index) => `c-${String(index).padStart(2, '0')}`,
    );
    const start = (kind: string, clusters: PortalCluster[]) =>
      LabPortal.start({
        directory: join(directory, kind),
        repoUrl: lab.git.repositoryUrl(REPO),
        clusters,
      });
    // What it reads is not there yet, nor is anything that listens.
    const many = await start(
      'many',
      names.map(name => ({
        name,
        kubeconfig: join(
          directory,
          'lab',
          'clusters',
          name,
          'slipway.kubeconfig',
        ),
      })),
    );
    try {
      const results = [await measureStart(lab, many, names)];
      const idle = await measureIdle('32 clusters', many);
      results.push(await measureCuts(lab, many));
      await many.stop();
      const none = await start('none', []);
      try {
        const without = await measureIdle('none', none);
        return [
          ...results,
          atMost(
            'clusters-32-memory',
            (idle.heap - without.heap) / CLUSTERS / MB,
            4,
            'MB',
          ),
          atMost(
            'clusters-32-resident',
            (idle.rss - without.rss) / CLUSTERS / MB,
            4,
            'MB',
          ),
          atMost('clusters-32-idle-cpu', idle.share - without.share, 1, '%'),
        ];
      } finally {
        await none.stop();
      }
    } finally {
      await many.stop();
    }
  });
}

/** From when the last cluster is ready to the portal's word that it is connected to all. */
async function measureStart(
  lab: Lab,
  portal: LabPortal,
  names: string[],
): Promise<BenchResult> {
  const started = performance.now();
  const left = [...names];
  const worker = async () => {
    for (let name = left.shift(); name; name = left.shift()) {
      const cluster = await lab.addCluster(name);
      await serveApplications(cluster);
      await createApplications(
        cluster.admin,
        modulesOf(names.indexOf(name)).map(one =>
          leftApplication(one, lab.git.repositoryUrl(REPO)),
        ),
      );
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  const ready = performance.now();
  const took = await untilConnected(portal, names.length);
  console.log(
    `${names.length} clusters ready after ${((ready - started) / 1000).toFixed(
      0,
    )} s, all connected ${took.toFixed(0)} ms later, load ${load()}`,
  );
  return atMost('clusters-32-connected', took / 1000, 5, 's');
}

function modulesOf(cluster: number): EstateModule[] {
  return ESTATE.slice(cluster * APPLICATIONS, (cluster + 1) * APPLICATIONS);
}

/** Cuts all links at once for so long that retries are as far apart as they get; then mends all. */
async function measureCuts(lab: Lab, portal: LabPortal): Promise<BenchResult> {
  const links = [...lab.clusters.values()].map(({ link }) => link);
  const times: number[] = [];
  for (let cut = 0; cut < CUTS; cut++) {
    await Promise.all(links.map(link => link.cut()));
    // Of no fixed length, so that it ends anywhere between two tries.
    await delay(CUT_MS + Math.random() * 5000);
    if ((await countConnected(portal)) > 0) {
      throw new Error('A cluster is called connected that is cut off');
    }
    await Promise.all(links.map(link => link.restore()));
    times.push(await untilConnected(portal, links.length));
    // A watch that has held for a while has proved itself.
    await delay(6000);
  }
  console.log(
    `cut and mended: all back after ${times
      .map(time => `${time.toFixed(0)} ms`)
      .join(', ')}, load ${load()}`,
  );
  return atMost('clusters-32-back', percentile(times, 1) / 1000, 10, 's');
}

/** What a portal holds and does when nothing happens. */
async function measureIdle(
  what: string,
  portal: LabPortal,
): Promise<Usage & { share: number }> {
  await delay(SETTLE_MS);
  const before = await portal.usage({ collect: true });
  const since = performance.now();
  await delay(QUIET_MS);
  const after = await portal.usage({ collect: false });
  // What it takes to tell and to collect lies before and behind.
  const share = ((after.cpu - before.cpu) / (performance.now() - since)) * 100;
  const held = await portal.usage({ collect: true });
  console.log(
    `${what}: ${share.toFixed(2)} % of a core, heap ${(held.heap / MB).toFixed(
      1,
    )} MB, resident ${(held.rss / MB).toFixed(1)} MB, load ${load()}`,
  );
  return { ...held, share };
}

/** Milliseconds until so many are connected. */
async function untilConnected(
  portal: LabPortal,
  clusters: number,
): Promise<number> {
  const start = performance.now();
  await until(async () => (await countConnected(portal)) === clusters, {
    what: `${clusters} clusters are connected`,
    everyMs: 50,
  });
  return performance.now() - start;
}

async function countConnected(portal: LabPortal): Promise<number> {
  const { items } = await portal.api.listClusters({ limit: 500 });
  return items.filter(({ engines }) =>
    engines.every(({ connection }) => connection === 'Connected'),
  ).length;
}
