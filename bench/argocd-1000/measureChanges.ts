import { setTimeout as delay } from 'node:timers/promises';
import { blobObject } from '../../plugins/slipway-backend/src/git';
import type { SeenEvent } from '../lab/ApplicationWatch';
import {
  ESTATE,
  manifest,
  manifestPath,
  MODULES,
  type EstateModule,
} from '../lab/estate';
import { StoreWatch } from '../lab/StoreWatch';
import {
  isDelivered,
  load,
  untilDelivered,
  type Estate,
} from '../lab/withEstate';
import type { BenchResult } from '../types';
import { atMost, percentile } from '../verdicts';
import { EnvironmentPage, type RowChange } from './EnvironmentPage';

const ROUNDS = 2;
/** What a row says of a module that is delivered. */
const GOOD = 'Files current';

/** One commit through Slipway for each round, that changes all 100 modules of an environment. */
export async function measureChanges(estate: Estate): Promise<BenchResult[]> {
  const { portal } = estate;
  const store = StoreWatch.open(portal.database);
  const stored: number[] = [];
  const shown: number[] = [];
  try {
    const page = await EnvironmentPage.open(portal.url, pathOf(0));
    try {
      for (let round = 0; round < ROUNDS; round++) {
        await page.show(pathOf(round));
        const modules = ESTATE.slice(round * MODULES, (round + 1) * MODULES);
        const { events, rows, revision } = await change(estate, page, modules);
        const toStore = events.map(({ name, version, at }) => {
          const there = store.storedAt(name, version);
          return there === undefined ? Infinity : there - at;
        });
        print('Argo CD wrote, to the store', toStore);
        const toPage = untilShown(events, rows, modules, revision);
        print('Argo CD has delivered, to the page', toPage);
        stored.push(...toStore);
        shown.push(...toPage);
      }
    } finally {
      await page.close();
    }
  } finally {
    await store.stop();
  }
  return [
    atMost('argocd-1000-store', percentile(stored, 0.95), 250, 'ms'),
    atMost('argocd-1000-page', percentile(shown, 0.95), 1000, 'ms'),
  ];
}

async function change(
  { portal, watch }: Estate,
  page: EnvironmentPage,
  modules: EstateModule[],
): Promise<{ events: SeenEvent[]; rows: RowChange[]; revision: string }> {
  const events: SeenEvent[] = [];
  const stopRecording = await page.record();
  const stopListening = watch.listen(event => events.push(event));
  const start = performance.now();
  const revision = await push(portal, modules, 1);
  const pushed = performance.now();
  const names = modules.map(({ name }) => name);
  await untilDelivered(watch, names, revision);
  console.log(
    `100 changed: pushed after ${(pushed - start).toFixed(0)} ms, delivered ${(
      (performance.now() - pushed) /
      1000
    ).toFixed(1)} s later, ${events.length} events, load ${load()}`,
  );
  stopListening();
  await delay(5000);
  const rows = await stopRecording();
  return { events, rows, revision };
}

/** Pushes a new version of modules through Slipway; resolves to the commit's id. */
export async function push(
  portal: Estate['portal'],
  modules: EstateModule[],
  version: number,
): Promise<string> {
  const { summary } = await portal.api.createChange('estate', {
    kind: 'edit',
    message: `Version ${version} of ${modules.length} modules`,
    operations: modules.map(one => ({
      type: 'write',
      path: manifestPath(one),
      text: manifest(one, version),
      base: blobObject(Buffer.from(manifest(one, version - 1))).oid,
    })),
  });
  if (!summary.commit) {
    throw new Error(`Not pushed: ${JSON.stringify(summary)}`);
  }
  return summary.commit;
}

/** From the bare watch's hearing that a module is delivered to the frame with its row saying so. */
function untilShown(
  events: SeenEvent[],
  rows: RowChange[],
  modules: EstateModule[],
  revision: string,
): number[] {
  return modules.flatMap(({ module, name }) => {
    const said = rows.filter(row => row.module === module);
    // It is out of sight, or was good whenever a frame was drawn.
    if (said.length < 2) return [];
    const last = said[said.length - 1];
    const delivered = events.find(
      event => event.name === name && isDelivered(event.application, revision),
    );
    if (!delivered) throw new Error(`${name} was not heard of`);
    return last.says.includes(GOOD) ? last.at - delivered.at : Infinity;
  });
}

function pathOf(round: number): string {
  return `/slipway/environments/estate/${ESTATE[round * MODULES].environment}`;
}

export function print(what: string, times: number[]): void {
  const [median, worst, most] = [0.5, 0.95, 1].map(share =>
    percentile(times, share).toFixed(0),
  );
  console.log(
    `${what}: p50 ${median} ms, p95 ${worst} ms, at most ${most} ms of ${
      times.length
    }, load ${load()}`,
  );
}
