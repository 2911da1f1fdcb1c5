import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigRepoGit } from '../../plugins/slipway-backend/src/git';
import { BareRepository } from '../../plugins/slipway-backend/src/git/bareRepository';
import type { FetchAnswer } from '../../plugins/slipway-backend/src/git/fetchProtocol';
import { HttpClient } from '../../plugins/slipway-backend/src/git/httpClient';
import { LocalRepository } from '../../plugins/slipway-backend/src/git/localRepository';
import { SmartHttp } from '../../plugins/slipway-backend/src/git/smartHttp';
import {
  git,
  GitServer,
} from '../../plugins/slipway-backend/src/git/testUtils/gitServer';
import type { BenchResult } from '../types';
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
    const parts = await Parts.open(server, join(root, `parts-${i}`));
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
  const parts = await Parts.open(server, join(root, 'parts-warm'));
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

/** The pieces of a refresh, taken apart so that the network can be left out. */
class Parts {
  readonly #http = HttpClient.create({ idleTimeoutMs: 60_000 });
  readonly #remote: SmartHttp;
  readonly #local: LocalRepository;
  readonly #signal = new AbortController().signal;

  private constructor(url: string, local: LocalRepository) {
    const credentials = async () => ({ headers: {} });
    this.#remote = new SmartHttp({ url, http: this.#http, credentials });
    this.#local = local;
  }

  static async open(server: GitServer, directory: string): Promise<Parts> {
    const url = server.url(NAME);
    const files = new BareRepository(directory, url, 'main');
    return new Parts(url, await LocalRepository.open(files));
  }

  /** Brings a commit and answers how long it took once its pack was there. */
  async index(head: string): Promise<number> {
    const known = this.#local.head;
    const answer = await this.#remote.fetch(
      {
        wants: [head],
        haves: known ? [known] : [],
        shallow: [...this.#local.shallow],
        depth: known ? { type: 'sinceHaves' } : { type: 'fromTip', commits: 1 },
        onlyIfDescendant: known !== undefined,
      },
      this.#signal,
    );
    check(answer.type === 'pack');
    const arrived = await inMemory(answer);
    return timed(async () => {
      await this.#local.receive({
        answer: arrived,
        partial: false,
        forSnapshot: true,
        maxBytes: 1024 ** 3,
        signal: this.#signal,
      });
      this.#local.snapshot(head);
      await this.#local.setHead(head);
    });
  }

  async close(): Promise<void> {
    this.#local.close();
    await this.#http.close();
  }
}

type Pack = Extract<FetchAnswer, { type: 'pack' }>;

async function inMemory(answer: Pack): Promise<Pack> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer.pack) {
    chunks.push(Buffer.from(chunk));
  }
  const pack = async function* replay() {
    yield* chunks;
  };
  return { ...answer, pack: pack() };
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

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Medians; the first run of each only warms up. */
function medians(own: number[], total: number[], peer: number[]): Times {
  const median = (values: number[]) => {
    const sorted = values.slice(1).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  };
  return { own: median(own), total: median(total), peer: median(peer) };
}

function check(condition: unknown): asserts condition {
  if (!condition) {
    throw new Error('The benchmark did not index what it should');
  }
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
