import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EnvironmentComparison } from '../../plugins/slipway-common/src';
import {
  git,
  GitServer,
} from '../../plugins/slipway-backend/src/git/testUtils/gitServer';
import { startPortal, type Portal } from '../environments-page/portal';
import { ToldEngine } from '../environments-page/ToldEngine';
import type { BenchResult } from '../types';
import { atMost, percentile } from '../verdicts';

const MODULES = 100;
const FILES = 5;
const REQUESTS = 20;
const WARM_UP = 5;
const SIDES = ['prod', 'uat'];

/**
 * Two environments of 100 modules with 5 files each that differ in namespace and host everywhere, and in one module in earnest: the
 * comparison through the whole backend of a portal, against `git diff --no-index` of the same directories in memory.
 */
export async function run(): Promise<BenchResult[]> {
  const root = await mkdtemp(join(tmpdir(), 'slipway-bench-compare-'));
  // A memory file system, so that the peer pays for no disk.
  const memory = await mkdtemp('/dev/shm/slipway-bench-compare-');
  const server = await GitServer.start();
  await server.create('estate.git');
  await fill(server, join(memory, 'clone'));
  const portal = await startPortal({
    directory: root,
    database: {
      client: 'better-sqlite3',
      connection: { directory: join(root, 'database') },
    },
    repoUrl: server.url('estate.git'),
    engine: new ToldEngine(),
  });
  try {
    const first = await untilComparable(portal);
    return [
      atMost('compare-first', first, 500, 'ms'),
      ...(await measure(portal, join(memory, 'clone'))),
    ];
  } finally {
    await portal.stop();
    await server.stop();
    for (const directory of [root, memory]) {
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

async function measure(portal: Portal, clone: string): Promise<BenchResult[]> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let turn = 0; turn < WARM_UP + REQUESTS; turn++) {
    ours.push(await timed(async () => check(await compare(portal))));
    theirs.push(await timed(() => diff(clone)));
  }
  const times = [ours, theirs].map(all => all.slice(WARM_UP));
  const [[own, peer], [worst, peerWorst]] = [0.5, 0.95].map(share =>
    times.map(all => percentile(all, share)),
  );
  console.log(
    `compare: p50 ${own.toFixed(0)} ms, p95 ${worst.toFixed(
      0,
    )} ms; git p50 ${peer.toFixed(0)} ms, p95 ${peerWorst.toFixed(0)} ms`,
  );
  return [
    atMost('compare', worst, 500, 'ms'),
    atMost('compare-vs-git', own / peer, 1, 'x'),
  ];
}

function check({ modules }: EnvironmentComparison): void {
  const states = modules.map(({ state }) => state);
  const expected = states.filter(state => state === 'expected').length;
  const different = states.filter(state => state === 'different').length;
  if (expected !== MODULES - 1 || different !== 1) {
    throw new Error(`Something else differs: ${states.join(' ')}`);
  }
}

async function compare(portal: Portal): Promise<EnvironmentComparison> {
  const response = await fetch(
    `${portal.url}/environments/estate/${SIDES[0]}/comparison?other=${SIDES[1]}`,
    { headers: { authorization: `Bearer ${portal.token}` } },
  );
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status}: ${text}`);
  return JSON.parse(text);
}

/** Milliseconds of the first comparison, for which every file is read and parsed. */
async function untilComparable(portal: Portal): Promise<number> {
  const end = Date.now() + 60_000;
  for (;;) {
    try {
      return await timed(async () => check(await compare(portal)));
    } catch (error) {
      if (Date.now() > end) throw error;
      await delay(200);
    }
  }
}

/** Ends with 1 where something differs. */
async function diff(clone: string): Promise<void> {
  const child = spawn('git', ['diff', '--no-index', ...SIDES], {
    cwd: clone,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.resume();
  await once(child, 'close');
}

async function fill(server: GitServer, clone: string): Promise<void> {
  await git(dirname(clone), ['clone', '-q', server.url('estate.git'), clone]);
  const write = async (path: string, content: string) => {
    await mkdir(dirname(join(clone, path)), { recursive: true });
    await writeFile(join(clone, path), content);
  };
  await write(
    '.slipway/repo.yaml',
    'apiVersion: slipway.dev/v1alpha1\nkind: ConfigRepo\nmetadata: { name: estate }\nspec: {}\n',
  );
  for (const side of SIDES) {
    await write(
      `.slipway/environments/${side}.yaml`,
      `apiVersion: slipway.dev/v1alpha1\nkind: Environment\nmetadata: { name: ${side} }\nspec:\n  targets: [{ cluster: c-00, namespace: estate-${side} }]\n`,
    );
    for (let module = 0; module < MODULES; module++) {
      for (let file = 0; file < FILES; file++) {
        await write(
          `${side}/module-${module}/file-${file}.yaml`,
          manifest(side, module, file),
        );
      }
    }
  }
  await git(clone, ['add', '.']);
  await git(clone, ['commit', '-q', '-m', 'Two environments']);
  await git(clone, ['push', '-q', 'origin', 'HEAD:main']);
}

function manifest(side: string, module: number, file: number): string {
  const replicas = side === 'uat' && module === 7 && file === 0 ? 1 : 3;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: module-${module}-file-${file}
  namespace: estate-${side}
  labels:
    app.kubernetes.io/part-of: estate
spec:
  replicas: ${replicas}
  selector:
    matchLabels: { app: module-${module} }
  template:
    metadata:
      labels: { app: module-${module} }
    spec:
      containers:
        - name: main
          image: registry.example/estate/module-${module}:1.${file}.0
          ports: [{ containerPort: 8080, name: http }]
          env:
            - { name: HOST, value: 'module-${module}.${side}.example.org' }
            - { name: PEER, value: 'http://peer.estate-${side}.svc:8080' }
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            limits: { memory: 256Mi }
`;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
