import { load, type Estate } from '../lab/withEstate';
import type { BenchResult } from '../types';
import { atMost, percentile } from '../verdicts';
import { List } from './List';

const REQUESTS = 60;
const WARM_UP = 10;

/** What Argo CD's own pages ask for: only some fields, as of version 3. */
const FIELDS = [
  'metadata.name',
  'metadata.annotations',
  'metadata.labels',
  'metadata.creationTimestamp',
  'metadata.deletionTimestamp',
  'spec',
  'operation.sync',
  'status.sourceHydrator',
  'status.sync.status',
  'status.sync.revision',
  'status.health',
  'status.operationState.phase',
  'status.operationState.finishedAt',
  'status.operationState.operation.sync',
  'status.summary',
  'status.resources',
]
  .map(field => `items.${field}`)
  .join(',');

/** Slipway's lists and Argo CD's, asked for in turns, so that whatever else the machine does falls on all. */
export async function measurePages({
  argoCd,
  portal,
}: Estate): Promise<BenchResult[]> {
  const backstage = (path: string) =>
    new List(`${portal.url}/api${path}`, portal.token);
  const ours = (path: string) => backstage(`/slipway${path}`);
  const theirs = (path: string) =>
    new List(`${argoCd.url}/api/v1/applications${path}`, argoCd.readerToken);
  const lists = {
    environment: ours('/environments/estate/env-3/modules?limit=500'),
    first: ours('/modules?configRepo=estate'),
    largest: ours('/modules?configRepo=estate&limit=500'),
    // What Backstage itself takes in the same process: sign-in, the policy's answer and one row.
    entity: backstage('/catalog/entities/by-name/group/default/shop'),
    argoCd: theirs(''),
    argoCdPage: theirs(`?fields=${FIELDS}`),
  };
  for (let turn = 0; turn < WARM_UP + REQUESTS; turn++) {
    for (const list of Object.values(lists)) await list.ask(turn >= WARM_UP);
  }
  for (const [name, { cost }] of Object.entries(lists)) {
    const [median, worst] = [0.5, 0.95].map(share =>
      percentile(cost.times, share).toFixed(1),
    );
    console.log(
      `${name}: p50 ${median} ms, p95 ${worst} ms, ${kilobytes(
        cost.sent,
      )} sent, ${kilobytes(cost.plain)} unpacked, load ${load()}`,
    );
  }
  return (['environment', 'first'] as const).flatMap(name => {
    const { cost } = lists[name];
    const peer = lists.argoCd.cost;
    return [
      atMost(
        `page-vs-argocd-${name}`,
        percentile(cost.times, 0.95) / percentile(peer.times, 0.95),
        0.05,
        'x',
      ),
      atMost(
        `page-vs-argocd-${name}-payload`,
        cost.plain / peer.plain,
        0.05,
        'x',
      ),
      atMost(`page-vs-argocd-${name}-sent`, cost.sent / peer.sent, 0.05, 'x'),
    ];
  });
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
