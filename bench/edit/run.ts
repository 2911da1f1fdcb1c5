import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  blobObject,
  commitObject,
  ConfigRepoGit,
  editTree,
} from '../../plugins/slipway-backend/src/git';
import type { BenchResult } from '../types';
import { atMost, percentile } from '../verdicts';
import { Estate, pathOf } from './estate';

const EDITS = 40;
const WARM_UP = 20;
const EDITORS = 50;

/**
 * One file of 16,000 edited, from the API request (token, policy, validation, checks, database) to pushed, against the git
 * command line doing the same in an up-to-date clone on a memory file system; then the Git part alone; then 50 people at once.
 */
export async function run(): Promise<BenchResult[]> {
  const estate = await Estate.create();
  try {
    const results = await measureEdit(estate);
    results.push(await measureGitPart(estate));
    results.push(await measureConcurrent(estate));
    return results;
  } finally {
    await estate.dispose();
  }
}

async function measureEdit(estate: Estate): Promise<BenchResult[]> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let turn = 0; turn < WARM_UP + EDITS; turn++) {
    const path = pathOf(turn);
    const before = `${await estate.show(path)}\n`;
    ours.push(await estate.edit(path, before, edited(before, turn)));
    theirs.push(
      await estate.editWithGit(pathOf(5000 + turn), `number: ${turn}\n`),
    );
    await estate.refresh();
  }
  return [ratio('edit', ours.slice(WARM_UP), theirs.slice(WARM_UP), 0.4)];
}

/** The same without Backstage: objects made and pushed. */
async function measureGitPart(estate: Estate): Promise<BenchResult> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-bench-git-'));
  const repo = await ConfigRepoGit.open({
    url: estate.server.url('estate.git'),
    branch: 'main',
    directory: join(directory, 'cache.git'),
    credentials: async () => ({ headers: {} }),
    logger: console as never,
  });
  const person = { name: 'Ann Author', email: 'ann@example.org' };
  const ours: number[] = [];
  const theirs: number[] = [];
  try {
    for (let turn = 0; turn < WARM_UP + EDITS; turn++) {
      await repo.refresh();
      const start = performance.now();
      const base = repo.snapshot!;
      const blob = blobObject(Buffer.from(`number: ${turn}\n`));
      const { tree, objects } = editTree(base, [
        { path: pathOf(9000 + turn), to: { oid: blob.oid, mode: '100644' } },
      ]);
      const now = new Date();
      const commit = commitObject({
        tree: tree.rootTree,
        parents: [base.commit],
        author: person,
        authorAt: now,
        committer: person,
        committerAt: now,
        message: 'Change one file',
      });
      const result = await repo.push({
        from: base.commit,
        to: commit.oid,
        tree,
        objects: [blob, ...objects, commit],
      });
      if (result.type !== 'pushed') throw new Error(JSON.stringify(result));
      ours.push(performance.now() - start);
      theirs.push(
        await estate.editWithGit(pathOf(7000 + turn), `number: ${turn}\n`),
      );
    }
  } finally {
    await repo.close();
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
  await estate.refresh();
  return ratio(
    'edit-git-part',
    ours.slice(WARM_UP),
    theirs.slice(WARM_UP),
    0.3,
  );
}

/** All at once, each on a path of their own: everything lands, and nobody waits much longer than alone. */
async function measureConcurrent(estate: Estate): Promise<BenchResult> {
  const alone: number[] = [];
  for (let editor = 0; editor < EDITORS; editor++) {
    const path = pathOf(2000 + editor);
    const before = `${await estate.show(path)}\n`;
    alone.push(await estate.edit(path, before, edited(before, editor)));
  }
  const commits = await estate.commits();
  const edits = await Promise.all(
    Array.from({ length: EDITORS }, async (_, editor) => {
      const path = pathOf(3000 + editor);
      const before = `${await estate.show(path)}\n`;
      return { path, before, after: edited(before, editor) };
    }),
  );
  const together = await Promise.all(
    edits.map(({ path, before, after }) => estate.edit(path, before, after)),
  );
  for (const { path, after } of edits) {
    if (`${await estate.show(path)}\n` !== after)
      throw new Error(`${path} was lost`);
  }
  if ((await estate.commits()) !== commits + EDITORS) {
    throw new Error('Not every edit is a commit of its own');
  }
  const [one, many] = [alone, together].map(mean);
  // What Backstage alone makes of so many at once: sign-in, policy, one query.
  const lists = await Promise.all(
    Array.from({ length: EDITORS }, () => estate.list()),
  );
  console.log(
    `concurrent-lists: mean ${mean(lists).toFixed(
      0,
    )} ms with ${EDITORS} at once that only list config repos`,
  );
  console.log(
    `concurrent-edits: mean ${many.toFixed(
      0,
    )} ms with ${EDITORS} at once (worst ${Math.max(...together).toFixed(
      0,
    )} ms), ${one.toFixed(0)} ms alone`,
  );
  return atMost('concurrent-edits-mean-vs-one', many / one, 2, 'x');
}

function edited(before: string, number: number): string {
  return before.replace(/key-3: .*/, `key-3: edited-${number}`);
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function ratio(
  name: string,
  ours: number[],
  theirs: number[],
  target: number,
): BenchResult {
  const [own, peer] = [ours, theirs].map(times => percentile(times, 0.5));
  const [ownWorst, peerWorst] = [ours, theirs].map(times =>
    percentile(times, 0.95),
  );
  console.log(
    `${name}: p50 ${own.toFixed(1)} ms, p95 ${ownWorst.toFixed(
      1,
    )} ms; git p50 ${peer.toFixed(1)} ms, p95 ${peerWorst.toFixed(1)} ms`,
  );
  return atMost(`${name}-vs-git`, own / peer, target, 'x');
}
