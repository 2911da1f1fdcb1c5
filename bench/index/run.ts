import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigRepoGit } from '../../plugins/slipway-backend/src/git';
import {
  git,
  GitServer,
} from '../../plugins/slipway-backend/src/git/testUtils/gitServer';
import type { BenchResult } from '../types';
import { check, timed } from './checks';
import { Parts } from './Parts';
import {
  commitOne,
  ENVIRONMENTS,
  FILES,
  fillRepository,
  MODULES,
} from './repository';

const COLD_RUNS = 5;
const COMMITS = 20;
const NAME = 'config.git';

/**
 * Indexing a repository of 16,000 files: from nothing, and after one commit.
 * "Own" is what happens once the pack has arrived in memory (store, parse,
 * index, walk, fsync); the peer is the git command line on the same server.
 */
export async function run(): Promise<BenchResult[]> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-bench-index-'));
  const server = await GitServer.start();
  try {
    await server.create(NAME);
    await fillRepository(join(server.root, NAME));
    const cold = await measureCold(server, directory);
    const warm = await measureWarm(server, directory);
    print('cold index', cold);
    print('index after one commit', warm);
    return [
      inTime('index-cold-own', cold.own, 1000),
      asFast('index-cold-total-vs-git', cold.total / cold.peer),
      inTime('index-commit-own', warm.own, 20),
      asFast('index-commit-total-vs-git', warm.total / warm.peer),
    ];
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

interface Times {
  own: number;
  total: number;
  peer: number;
}

async function measureCold(server: GitServer, root: string): Promise<Times> {
  const own: number[] = [];
  const total: number[] = [];
  const peer: number[] = [];
  for (let i = 0; i <= COLD_RUNS; i++) {
    const parts = await Parts.open(server.url(NAME), join(root, `parts-${i}`));
    const head = await server.git(NAME, ['rev-parse', 'main']);
    own.push(await parts.index(head));
    await parts.close();

    const repo = await openRepo(server, join(root, `repo-${i}`));
    total.push(await timed(() => repo.refresh()));
    check(repo.snapshot?.fileCount === ENVIRONMENTS * MODULES * FILES);
    await repo.close();

    const clone = join(root, `git-${i}`);
    peer.push(
      await timed(async () => {
        await git(root, [
          ...['clone', '-q', '--bare', '--depth', '1'],
          ...[server.url(NAME), clone],
        ]);
        await git(clone, ['ls-tree', '-r', 'HEAD']);
      }),
    );
  }
  return medians(own, total, peer);
}

async function measureWarm(server: GitServer, root: string): Promise<Times> {
  const own: number[] = [];
  const total: number[] = [];
  const peer: number[] = [];
  const clone = join(root, 'git-0');
  const parts = await Parts.open(server.url(NAME), join(root, 'parts-warm'));
  await parts.index(await server.git(NAME, ['rev-parse', 'main']));
  const repo = await openRepo(server, join(root, 'repo-0'));
  for (let i = 0; i <= COMMITS; i++) {
    await commitOne(join(server.root, NAME), i);
    const head = await server.git(NAME, ['rev-parse', 'main']);
    own.push(await parts.index(head));
    total.push(await timed(() => repo.refresh()));
    check(repo.snapshot?.commit === head);
    peer.push(
      await timed(async () => {
        await git(clone, ['fetch', '-q', 'origin', '+main:main']);
        await git(clone, ['ls-tree', '-r', 'main']);
      }),
    );
  }
  await parts.close();
  await repo.close();
  return medians(own, total, peer);
}

function openRepo(server: GitServer, directory: string) {
  return ConfigRepoGit.open({
    url: server.url(NAME),
    branch: 'main',
    directory,
    logger: mockServices.rootLogger({ level: 'none' }),
    credentials: async () => ({ headers: {} }),
  });
}

/** Medians; the first run of each only warms up. */
function medians(own: number[], total: number[], peer: number[]): Times {
  const median = (values: number[]) => {
    const sorted = values.slice(1).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  };
  return { own: median(own), total: median(total), peer: median(peer) };
}

function print(what: string, { own, total, peer }: Times): void {
  console.log(
    `${what}: own ${ms(own)}, from look to index ${ms(total)}, git ${ms(peer)}`,
  );
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function inTime(name: string, value: number, most: number): BenchResult {
  return {
    name,
    value: Number(value.toFixed(1)),
    unit: 'ms',
    target: `<=${most}ms`,
    verdict: value <= most ? 'met' : 'short',
  };
}

/** The peer: `git clone` or `git fetch`, and `git ls-tree -r`. */
function asFast(name: string, value: number): BenchResult {
  return {
    name,
    value: Number(value.toFixed(2)),
    unit: 'x',
    target: '<=1x',
    verdict: value <= 1 ? 'met' : 'short',
  };
}
