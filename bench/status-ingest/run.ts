import { fork, type ChildProcess } from 'node:child_process';
import { on } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import knexFactory from 'knex';
import {
  ClusterWatchService,
  DatabaseClusterEngineStore,
} from '../../plugins/slipway-backend/src/clusters';
import { migrate } from '../../plugins/slipway-backend/src/database/migrate';
import { DatabaseEngineObjectStore } from '../../plugins/slipway-backend/src/engineObjects';
import {
  DatabaseLeaseStore,
  LeaseKeeper,
} from '../../plugins/slipway-backend/src/leases';
import { ArgoCdSyncEngine } from '../../plugins/slipway-backend-module-argocd/src/ArgoCdSyncEngine';
import type { SyncEngine } from '../../plugins/slipway-node/src';
import type { BenchResult } from '../types';
import type { ChangeRequest, ClusterReady } from './cluster';
import { listWithClient } from './peer';

const TOTAL = 10_000;
const EVENTS = 1_000;
const TOKEN = 'bench';

/**
 * Ten thousand Applications of a demo cluster, listed and stored in SQLite on disk through the Argo CD engine and the watch service, then
 * a thousand changes of them. The cluster runs in a process of its own. The peer lists the same with the Kubernetes
 * client and keeps it in memory.
 */
export async function run(): Promise<BenchResult[]> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-bench-ingest-'));
  const cluster = fork(join(__dirname, 'cluster.ts'), { stdio: 'inherit' });
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: join(directory, 'slipway.sqlite'),
    useNullAsDefault: true,
  });
  try {
    const url = await urlOf(cluster);
    await migrate(mockServices.database({ knex }));
    // Nothing was listed here before: memory that is freed but not given back would count as idle
    const idle = await memory();
    const peak = watchPeak();
    const ingest = await startIngest(knex, url);
    const listSeconds = await ingest.list();
    const eventSeconds = await ingest.events(() =>
      cluster.send({ changes: EVENTS } satisfies ChangeRequest),
    );
    const peakRss = peak();
    const after = await memory();
    await ingest.stop();

    const start = performance.now();
    const peer = await listWithClient(url, TOKEN);
    const peerSeconds = (performance.now() - start) / 1000;
    check(peer.size === TOTAL, 'the peer did not see everything');
    const withPeer = await memory();
    console.log(
      `list ${listSeconds.toFixed(2)} s, peer ${peerSeconds.toFixed(2)} s; ` +
        `${EVENTS} events ${eventSeconds.toFixed(2)} s; ` +
        `heap kept ${(after.heap - idle.heap).toFixed(1)} MB, ` +
        `peer ${(withPeer.heap - after.heap).toFixed(1)} MB for ${peer.size}`,
    );
    return [
      atLeast('status-ingest-list', TOTAL / listSeconds, 1_000, '/s'),
      atMost('status-ingest-list-vs-peer', listSeconds / peerSeconds, 3, 'x'),
      atLeast('status-ingest-events', EVENTS / eventSeconds, 500, '/s'),
      atMost('status-ingest-memory', after.rss - idle.rss, 300, 'MB'),
      atMost('status-ingest-memory-peak', peakRss - idle.rss, 300, 'MB'),
      atMost('status-ingest-heap', after.heap - idle.heap, 300, 'MB'),
    ];
  } finally {
    cluster.disconnect();
    await knex.destroy();
    await rm(directory, { recursive: true, force: true });
  }
}

/** The loader of the sources uses the same channel, for words of its own. */
async function urlOf(cluster: ChildProcess): Promise<string> {
  for await (const [message] of on(cluster, 'message', { close: ['exit'] })) {
    const { url } = message as Partial<ClusterReady>;
    if (url) return url;
  }
  throw new Error('The cluster did not start');
}

async function startIngest(knex: knexFactory.Knex, server: string) {
  const logger = mockServices.rootLogger({ level: 'warn' });
  const leases = LeaseKeeper.create({
    store: DatabaseLeaseStore.create({ knex }),
    holder: 'bench',
    logger,
  });
  const engine = ArgoCdSyncEngine.create();
  const seen = { listed: false, changes: 0 };
  const service = ClusterWatchService.create({
    clusters: [
      {
        name: 'bench',
        engines: [engine.kind],
        aliases: [],
        auth: { type: 'serviceAccount', server, token: TOKEN },
        engineSettings: {},
      },
    ],
    engines: new Map([[engine.kind, observe(engine, seen)]]),
    store: DatabaseClusterEngineStore.create({ knex }),
    engineObjects: DatabaseEngineObjectStore.create({ knex }),
    leases,
    feed: { notify: () => {} },
    logger,
  });
  return {
    list: () =>
      seconds(async () => {
        await service.start();
        await until(() => seen.listed);
      }),
    events: (send: () => void) =>
      seconds(async () => {
        send();
        await until(() => seen.changes === EVENTS);
      }),
    stop: async () => {
      const rows = await knex('engine_objects')
        .where({ removed: false })
        .count({ count: '*' });
      check(Number(rows[0].count) === TOTAL, 'not everything was stored');
      service.stop();
      await leases.stop();
    },
  };
}

/** Counts what the read model holds by the time that the engine's calls resolve. */
function observe(
  engine: SyncEngine,
  seen: { listed: boolean; changes: number },
): SyncEngine {
  return {
    kind: engine.kind,
    watch: ({ sink, ...options }) =>
      engine.watch({
        ...options,
        sink: {
          connection: state => sink.connection(state),
          list: async page => {
            await sink.list(page);
            seen.listed ||= page.last;
          },
          apply: async changes => {
            await sink.apply(changes);
            seen.changes += changes.length;
          },
        },
      }),
  };
}

async function memory(): Promise<{ rss: number; heap: number }> {
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await delay(200);
  }
  const { rss, heapUsed } = process.memoryUsage();
  return { rss: rss / 1e6, heap: heapUsed / 1e6 };
}

function watchPeak(): () => number {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  return () => {
    clearInterval(timer);
    return peak / 1e6;
  };
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 120_000;
  while (!condition()) {
    check(performance.now() < end, 'it took longer than two minutes');
    await delay(5);
  }
}

function check(condition: boolean, message: string): void {
  if (!condition) throw new Error(`The measurement is void: ${message}`);
}

function atLeast(
  name: string,
  value: number,
  target: number,
  unit: string,
): BenchResult {
  const verdict = value >= target ? 'met' : 'short';
  return { name, value, unit, target: `>=${target}${unit}`, verdict };
}

function atMost(
  name: string,
  value: number,
  target: number,
  unit: string,
): BenchResult {
  const verdict = value <= target ? 'met' : 'short';
  return { name, value, unit, target: `<=${target}${unit}`, verdict };
}
