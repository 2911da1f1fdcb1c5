import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { GitServer } from '../../plugins/slipway-backend/src/git/testUtils/gitServer';
import type { BenchResult } from '../types';
import { atMost, percentile } from '../verdicts';
import { databases, type BenchDatabase } from './databases';
import {
  applications,
  CLUSTERS,
  commitEnvironments,
  environmentName,
  MODULES,
  REPO,
} from './estate';
import { startPeer } from './peer';
import { startPortal, type Portal } from './portal';
import { ToldEngine } from './ToldEngine';
import { watchUpstream } from './upstream';

const REQUESTS = 200;
const WARM_UP = 30;

/** 33 × 100 modules, one environment on each of 33 clusters; then 10,000 modules in 100 environments on them. */
const STEPS = [
  { environments: 33, target: 50 },
  { environments: 100, target: 100 },
];

/** What a person does with the list; all but the last are its first page. */
const LISTS = {
  first: '',
  managed: 'managed=true',
  search: 'managed=true&search=%E9%9B%86%E7%BE%A4%200',
  filter: 'managed=true&stage=live&cluster=c-03&cluster=c-07&cluster=c-11',
  status: 'managed=true&deployStatus=Failed&deployStatus=Unknown',
  byStatus: 'sort=deployStatus&order=desc',
  byModules: 'sort=modules&order=desc',
  system: 'entityRef=system%3Adefault%2Festate',
  component: 'entityRef=component%3Adefault%2Fmodule-07',
};

/**
 * How long Slipway's API takes to answer what pages ask for first, one request after the other, through the whole
 * backend of a portal: token, policy, validation, database. The peer is a bare Express route in the same process that
 * answers the same JSON.
 */
export async function run(): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  const root = await mkdtemp(join(tmpdir(), 'slipway-bench-page-'));
  try {
    for await (const database of databases(root)) {
      results.push(...(await measureOn(database, join(root, database.name))));
    }
  } finally {
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  }
  return results;
}

async function measureOn(
  database: BenchDatabase,
  directory: string,
): Promise<BenchResult[]> {
  await mkdir(directory, { recursive: true });
  const results: BenchResult[] = [];
  const git = await GitServer.start();
  const engine = new ToldEngine();
  await git.create(REPO);
  const repoUrl = git.url(REPO);
  let known = 0;
  let head = await commitEnvironments(git, 0, STEPS[0].environments);
  const portal = await startPortal({
    directory,
    database: database.config,
    repoUrl,
    engine,
  });
  try {
    await until(() => engine.watched === CLUSTERS.length);
    for (const { environments, target } of STEPS) {
      if (known > 0) {
        head = await commitEnvironments(git, known, environments);
        await refresh(portal);
      }
      known = environments;
      const start = performance.now();
      for (const { name: cluster } of CLUSTERS) {
        const revision = head;
        const options = { cluster, environments, revision, repoUrl };
        await engine.list(cluster, applications(options));
      }
      await untilFolded(portal, environments);
      const took = ((performance.now() - start) / 1000).toFixed(1);
      const size = environments * MODULES;
      console.log(`${database.name}: ${size} modules shown after ${took} s`);
      results.push(
        ...(await measure(
          { portal, git, engine, target },
          `${database.name}-${size}`,
        )),
      );
    }
    return results;
  } finally {
    await portal.stop();
    await git.stop();
  }
}

async function measure(
  estate: {
    portal: Portal;
    git: GitServer;
    engine: ToldEngine;
    target: number;
  },
  name: string,
): Promise<BenchResult[]> {
  const { portal, git, engine, target } = estate;
  const asked = git.requests.length + engine.calls;
  const upstream = watchUpstream(new URL(portal.url).host);
  const lists: Record<string, number> = {};
  for (const [list, query] of Object.entries(LISTS)) {
    lists[list] = await p95(
      portal,
      `/environments?${query}`,
      `${name} ${list}`,
    );
  }
  const others: Record<string, number> = {};
  for (const [page, path] of Object.entries({
    modules: `/environments/estate/${environmentName(3)}/modules`,
    'config-repos': '/config-repos',
    clusters: '/clusters',
  })) {
    others[page] = await p95(portal, path, `${name} ${page}`);
  }
  const calls = upstream().length + git.requests.length + engine.calls - asked;
  const ratio = await ratioToPeer(portal, name);
  const worst = Math.max(...Object.values(lists));
  const prefix = `environments-page-${name}`;
  return [
    atMost(`${prefix}-first`, lists.first, target, 'ms'),
    atMost(`${prefix}-worst-of-lists`, worst, target, 'ms'),
    ...Object.entries(others).map(([page, value]) =>
      atMost(`${prefix}-${page}`, value, target, 'ms'),
    ),
    atMost(`${prefix}-first-vs-peer`, ratio, 10, 'x'),
    atMost(`${prefix}-upstream-calls`, calls, 0, ''),
  ];
}

/** Of medians, in turns, so that whatever else the machine does falls on both. */
async function ratioToPeer(portal: Portal, name: string): Promise<number> {
  const body = JSON.parse(await get(portal, '/environments'));
  const peer = await startPeer(body);
  const ours: number[] = [];
  const theirs: number[] = [];
  try {
    for (let i = 0; i < WARM_UP + REQUESTS; i++) {
      ours.push(await timed(portal, '/environments'));
      theirs.push(await timed({ ...portal, url: peer.url }, ''));
    }
  } finally {
    peer.stop();
  }
  print(`${name} first, in turns`, ours.slice(WARM_UP));
  print(`${name} peer, in turns`, theirs.slice(WARM_UP));
  return (
    percentile(ours.slice(WARM_UP), 0.5) /
    percentile(theirs.slice(WARM_UP), 0.5)
  );
}

async function p95(portal: Portal, path: string, what: string) {
  for (let i = 0; i < WARM_UP; i++) await get(portal, path);
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let i = 0; i < REQUESTS; i++) times.push(await timed(portal, path));
  const { user, system } = process.cpuUsage(before);
  const size = (await get(portal, path)).length;
  // Unlike the time, this does not depend on what else the machine does.
  const cpu = (user + system) / 1000 / REQUESTS;
  print(what, times, `, CPU ${cpu.toFixed(1)} ms, ${Math.ceil(size / 1e3)} kB`);
  return percentile(times, 0.95);
}

async function timed(portal: Portal, path: string): Promise<number> {
  const start = performance.now();
  await get(portal, path);
  return performance.now() - start;
}

function print(what: string, times: number[], more = ''): void {
  const [median, worst] = [0.5, 0.95].map(share =>
    percentile(times, share).toFixed(1),
  );
  console.log(`${what}: p50 ${median} ms, p95 ${worst} ms${more}`);
}

async function get(portal: Portal, path: string): Promise<string> {
  const response = await fetch(`${portal.url}${path}`, {
    headers: { authorization: `Bearer ${portal.token}` },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${path}: ${text}`);
  return text;
}

async function refresh(portal: Portal): Promise<void> {
  const response = await fetch(`${portal.url}/config-repos/estate/refresh`, {
    method: 'POST',
    headers: { authorization: `Bearer ${portal.token}` },
  });
  if (!response.ok) throw new Error(`refresh: ${await response.text()}`);
}

/** Until every environment is there, every module known to its engine, and nothing more is written. */
async function untilFolded(portal: Portal, environments: number) {
  let sequence = -1;
  await until(async () => {
    const page = JSON.parse(await get(portal, '/environments?limit=500'));
    const shown = page.items.filter(
      (item: { modules: { fileSync: { Current?: number } } }) =>
        item.modules.fileSync.Current === MODULES,
    );
    const still = page.sequence === sequence;
    sequence = page.sequence;
    await delay(1000);
    return still && shown.length === environments;
  });
}

async function until(condition: () => boolean | Promise<boolean>) {
  const end = Date.now() + 180_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('It took longer than three minutes');
    await delay(20);
  }
}
