import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EngineObject } from '../../plugins/slipway-node/src';
import {
  git,
  GitServer,
} from '../../plugins/slipway-backend/src/git/testUtils/gitServer';
import { startPortal, type Portal } from '../environments-page/portal';
import { ToldEngine } from '../environments-page/ToldEngine';
import type { BenchResult } from '../types';
import { atMost, percentile } from '../verdicts';
import { MODULE, PATH, prepareRepository, REPO } from './repository';

const REQUESTS = 60;
const WARM_UP = 10;
const FILES = 16_000;
const RESOURCES = 50;
const MODULE_API = `/environments/estate/${MODULE.replace('/', '/modules/')}`;

interface Question {
  name: string;
  /** Below Slipway's API; asked for at once. */
  paths: string[];
  /** What git is asked, in a bare repository on disk. */
  peer: string[];
  /** Of the ratio of both p95. */
  target: number;
  /** Whether the answer is the one that was meant. */
  holds: (
    answer: { items: unknown[]; files: unknown[]; total: number },
    ...more: unknown[]
  ) => boolean;
}

/**
 * What pages ask of files, through the whole backend of a portal (token, policy, validation), against the git command
 * line on the same repository: 16,000 files, 20,000 commits.
 */
export async function run(): Promise<BenchResult[]> {
  const root = await mkdtemp(join(tmpdir(), 'slipway-bench-files-'));
  const server = await GitServer.start();
  await prepareRepository(server);
  const engine = new ToldEngine();
  const portal = await startPortal({
    directory: root,
    database: {
      client: 'better-sqlite3',
      connection: { directory: join(root, 'database') },
    },
    repoUrl: server.url(REPO),
    engine,
  });
  try {
    await untilListed(portal);
    await engine.list('c-00', [await application(server)]);
    await untilDeployed(portal);
    const results: BenchResult[] = [];
    for (const question of await questions(server)) {
      results.push(...(await measure(portal, server, question)));
    }
    return results;
  } finally {
    await portal.stop();
    await server.stop();
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function questions(server: GitServer): Promise<Question[]> {
  const from = await server.git(REPO, ['rev-parse', 'main~500']);
  const to = await server.git(REPO, ['rev-parse', 'main']);
  const repo = 'configRepo=estate';
  return [
    {
      name: 'file-search-names',
      paths: [`/files?${repo}&search=module-42%20file-3&limit=200`],
      peer: ['ls-tree', '-r', '--name-only', 'main'],
      target: 1,
      holds: answer => answer.total === 32,
    },
    {
      name: 'file-search-content',
      paths: [
        `/files/matches?${repo}&text=name%3A%20module-42-file-3&limit=200`,
      ],
      peer: ['grep', '-n', '-F', 'name: module-42-file-3', 'main'],
      target: 1,
      holds: answer => answer.items.length === 32,
    },
    {
      name: 'module-page',
      paths: [MODULE_API, `${MODULE_API}/resources`],
      peer: ['log', '-50', '--format=%H %an %at %s', 'main', '--', MODULE],
      target: 1,
      holds: (details, resources) =>
        isDeployed(details) &&
        (resources as { total: number }).total === RESOURCES,
    },
    {
      name: 'history',
      paths: [
        `/config-repos/estate/history?path=${encodeURIComponent(
          PATH,
        )}&limit=500`,
      ],
      peer: ['log', '--format=%H %an %at %s', 'main', '--', PATH],
      target: 0.6,
      holds: answer => answer.items.length === 200,
    },
    {
      name: 'diff',
      paths: [
        `/config-repos/estate/diff?path=${encodeURIComponent(
          MODULE,
        )}&fromRevision=${from}&toRevision=${to}`,
      ],
      peer: ['diff', from, to, '--', MODULE],
      target: 1,
      holds: answer => answer.files.length > 0,
    },
  ];
}

async function measure(
  portal: Portal,
  server: GitServer,
  question: Question,
): Promise<BenchResult[]> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let turn = 0; turn < WARM_UP + REQUESTS; turn++) {
    ours.push(
      await timed(async () => {
        const answers = await Promise.all(
          question.paths.map(path => get(portal, path)),
        );
        const [first, ...more] = answers.map(answer => JSON.parse(answer));
        if (!question.holds(first, ...more)) {
          throw new Error(`${question.name} answered something else`);
        }
      }),
    );
    theirs.push(await timed(() => git(join(server.root, REPO), question.peer)));
  }
  const [p95, peer] = [ours, theirs].map(times =>
    percentile(times.slice(WARM_UP), 0.95),
  );
  console.log(
    `${question.name}: p95 ${p95.toFixed(1)} ms (first ${ours[0].toFixed(
      0,
    )} ms), git ${peer.toFixed(1)} ms`,
  );
  return [
    ...(question.name === 'file-search-names'
      ? [atMost(question.name, p95, 50, 'ms')]
      : []),
    atMost(`${question.name}-vs-git`, p95 / peer, question.target, 'x'),
  ];
}

async function untilListed(portal: Portal): Promise<void> {
  const end = Date.now() + 120_000;
  for (;;) {
    const page = JSON.parse(await get(portal, '/files?limit=1'));
    if (page.total === FILES) return;
    if (Date.now() > end) throw new Error('The files did not show up');
    await delay(200);
  }
}

async function untilDeployed(portal: Portal): Promise<void> {
  const end = Date.now() + 120_000;
  while (!isDeployed(JSON.parse(await get(portal, MODULE_API)))) {
    if (Date.now() > end) throw new Error('The module was not deployed');
    await delay(200);
  }
}

function isDeployed(details: unknown): boolean {
  const { module } = details as {
    module: { states: Array<{ health: { state: string } }> };
  };
  return module.states.some(({ health }) => health.state === 'Healthy');
}

/** What an Argo CD says of the module that is looked at. */
async function application(server: GitServer): Promise<EngineObject> {
  const revision = await server.git(REPO, ['rev-parse', 'main']);
  const name = MODULE.replace('/', '-');
  return {
    key: { engine: 'argocd', cluster: 'c-00', namespace: 'argocd', name },
    uid: name,
    resourceVersion: '1',
    sources: [
      {
        repoUrl: server.url(REPO),
        path: MODULE,
        recurse: false,
        appliedRevision: revision,
      },
    ],
    destination: { inCluster: true, namespace: name },
    health: { state: 'Healthy' },
    sync: { state: 'Synced' },
    operation: { phase: 'Succeeded' },
    conditions: [],
    images: ['registry.example/module:1'],
    resources: Array.from({ length: RESOURCES }, (_, index) => ({
      group: '',
      version: 'v1',
      kind: 'ConfigMap',
      namespace: name,
      name: `file-${index}`,
      status: 'Synced',
      message: `configmap/file-${index} unchanged`,
    })),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function get(portal: Portal, path: string): Promise<string> {
  const response = await fetch(`${portal.url}${path}`, {
    headers: { authorization: `Bearer ${portal.token}` },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${path}: ${text}`);
  return text;
}
