import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Application } from '../../packages/lab/src';
import { buildApp } from '../../scripts/lib/buildApp.mjs';
import { startPortal } from '../../scripts/lib/portal.mjs';
import { tryPort } from '../../scripts/lib/ports.mjs';
import { setup } from '../../scripts/lib/setup.mjs';
import type { BenchResult } from '../types';
import { atMost, percentile } from '../verdicts';
import { EnvironmentsTab, type Expected } from './EnvironmentsTab';
import { now } from './clock';
import { PlainWatch } from './PlainWatch';

const RUNS = 20;
const CLUSTER = 'gd';
const APPLICATION = 'shop-prod1-checkout';
const ENVIRONMENT = '生产环境-广东';

/** The page, the peer, and where the demo takes orders. */
interface Bench {
  tab: EnvironmentsTab;
  watch: PlainWatch;
  control: string;
}

/** How long one change took to be seen, by the page and by the peer. */
interface Sight {
  page: number;
  peer: number;
}

/**
 * From a change on a cluster, or in Git, to the open page showing it: the demo portal in a real browser. The peer is
 * a plain watch of the same cluster's Kubernetes API.
 */
export async function run(): Promise<BenchResult[]> {
  const node = await setup();
  await buildApp(node);
  const port = await tryPort(0);
  if (!port) throw new Error('There is no free port');
  const dataDir = await mkdtemp(join(tmpdir(), 'slipway-bench-page-'));
  const portal = await startPortal({
    node,
    port,
    dataDir,
    demoPorts: 'ephemeral',
  });
  try {
    const { control, clusters } = portal.demo;
    const tab = await EnvironmentsTab.open(portal.url);
    const watch = await PlainWatch.open(clusters[CLUSTER]);
    try {
      return await measure({ tab, watch, control });
    } finally {
      watch.close();
      await tab.close();
    }
  } finally {
    await portal.stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function measure(bench: Bench): Promise<BenchResult[]> {
  const atRest = await bench.tab.watch(ENVIRONMENT, { says: 'Deployed' });
  await atRest.shown;
  const status: Sight[] = [];
  const health: Sight[] = [];
  const push: Sight[] = [];
  for (let i = 0; i < RUNS; i++) {
    status.push(await changeStatus(bench, i % 2 === 0));
    await pause();
  }
  for (let i = 0; i < RUNS; i++) {
    health.push(await changeHealth(bench, i % 2 === 0));
    await pause();
  }
  for (let i = 0; i < RUNS; i++) {
    push.push(await pushCommit(bench, i));
    await pause();
  }
  return [
    pageFigure('status', status),
    ratioFigure('status', status, 50),
    pageFigure('health', health),
    pageFigure('push', push),
    ratioFigure('push', push, 20),
  ];
}

/** An operation fails, or succeeds again: written to the cluster directly, and timed from before the request. */
async function changeStatus(bench: Bench, fails: boolean): Promise<Sight> {
  const phase = fails ? 'Failed' : 'Succeeded';
  const expected = fails
    ? { says: 'Failed' }
    : { says: 'Deployed', saysNot: ['Failed'] };
  return sight(
    bench,
    expected,
    ({ status }) => status?.operationState?.phase === phase,
    () => bench.watch.patchStatus(APPLICATION, { operationState: { phase } }),
  );
}

/** A workload degrades, or recovers; timed from when the plain watch heard what its Argo CD makes of it. */
async function changeHealth(bench: Bench, degrades: boolean): Promise<Sight> {
  const expected = degrades
    ? { says: 'Degraded' }
    : { says: 'Healthy', saysNot: ['Degraded', 'Progressing'] };
  const health = degrades ? 'Degraded' : 'Healthy';
  const mood = degrades ? 'degrade' : 'recover';
  const { page, peer } = await sight(
    bench,
    expected,
    ({ status }) => status?.health?.status === health,
    () =>
      post(
        `${bench.control}/clusters/${CLUSTER}/applications/${APPLICATION}/${mood}`,
      ),
  );
  return { page: page - peer, peer: 0 };
}

/** A commit by somebody else, told by the web hook; timed from when the Git server has it. The peer sees its roll-out begin. */
async function pushCommit(bench: Bench, number: number): Promise<Sight> {
  const author = `Author ${number}`;
  let running = false;
  const { page, peer, answered } = await sight(
    bench,
    { says: author },
    ({ status }) => {
      running ||= status?.operationState?.phase === 'Running';
      return running;
    },
    () =>
      post(`${bench.control}/git/shop/commit`, {
        path: 'prod1/checkout/bench.yaml',
        content: configMap(number),
        message: `Change ${number}`,
        author,
      }),
  );
  return { page: page - answered, peer: peer - answered };
}

async function sight(
  { tab, watch }: Bench,
  expected: Expected,
  matches: (application: Application) => boolean,
  change: () => Promise<void>,
): Promise<Sight & { answered: number }> {
  const { shown } = await tab.watch(ENVIRONMENT, expected);
  const seen = watch.seen(
    application =>
      application.metadata.name === APPLICATION && matches(application),
  );
  const start = now();
  await change();
  const answered = now() - start;
  const [page, peer] = await Promise.all([shown, seen]);
  return { page: page - start, peer: peer - start, answered };
}

function pageFigure(name: string, sights: Sight[]): BenchResult {
  const pages = sights.map(({ page }) => page);
  console.log(`${name}: page ${spread(pages)}`);
  const worst = percentile(pages, 0.95);
  return atMost(`event-to-page-${name}`, worst, 1000, 'ms');
}

/** Medians, because the peer's few milliseconds have a long tail. */
function ratioFigure(
  name: string,
  sights: Sight[],
  target: number,
): BenchResult {
  const peers = sights.map(({ peer }) => peer);
  console.log(`${name}: plain watch ${spread(peers)}`);
  const pages = sights.map(({ page }) => page);
  const ratio = percentile(pages, 0.5) / percentile(peers, 0.5);
  return atMost(`event-to-page-${name}-vs-peer`, ratio, target, 'x');
}

function spread(values: number[]): string {
  const [median, worst] = [0.5, 0.95].map(share =>
    percentile(values, share).toFixed(0),
  );
  return `p50 ${median} ms, p95 ${worst} ms`;
}

/** Of no fixed length, so that no timer of the page or the server falls in step. */
function pause(): Promise<void> {
  return delay(1000 + Math.random() * 1000);
}

async function post(url: string, body: object = {}): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${await response.text()}`);
  await response.arrayBuffer();
}

function configMap(number: number): string {
  return `apiVersion: v1
kind: ConfigMap
metadata: { name: bench }
data: { number: '${number}' }
`;
}
