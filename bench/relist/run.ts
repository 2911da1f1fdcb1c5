import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from '../../packages/lab/src';
import { until } from '../../packages/lab/src';
import type { ModulePage } from '../../plugins/slipway-common/src';
import { now } from '../event-to-page/clock';
import { leftApplication, serveApplications } from '../lab/engine';
import {
  APPLICATIONS,
  CENTER,
  createApplications,
  createRepository,
  ESTATE,
  MODULES,
  REPO,
  someAtOnce,
} from '../lab/estate';
import { LabPortal, portalCluster } from '../lab/LabPortal';
import { StoreWatch } from '../lab/StoreWatch';
import { load } from '../lab/withEstate';
import { withLab } from '../lab/withLab';
import type { BenchResult } from '../types';
import { atMost, percentile } from '../verdicts';

const ALL_APPLICATIONS = '/apis/argoproj.io/v1alpha1/applications';
const TOTAL = ESTATE.length;
const ROUNDS = 3;
const ASK_EVERY_MS = 25;

/** What one 410 cost. */
interface Relist {
  /** Milliseconds from the request that was told 410, and from when the API server could be reached again. */
  sinceGone: number;
  sinceBack: number;
  /** Lists that the API server answered. */
  pages: number;
}

/**
 * A thousand Applications on a real API server that all change while the portal cannot reach it, and that forgets by a
 * restart what was before: from the 410 that it answers the watch with to Slipway's store holding all of them as they
 * are, while somebody goes on to ask Slipway's API for modules.
 */
export async function run(): Promise<BenchResult[]> {
  return withLab(async ({ lab, directory }) => {
    const cluster = await lab.addCluster(CENTER);
    await serveApplications(cluster);
    await createRepository(lab.git, { declared: true });
    const repoUrl = lab.git.repositoryUrl(REPO);
    await createApplications(
      cluster.admin,
      ESTATE.map(one => leftApplication(one, repoUrl)),
    );
    const portal = await LabPortal.start({
      directory: join(directory, 'portal'),
      repoUrl,
      clusters: [portalCluster(cluster)],
    });
    try {
      const store = StoreWatch.open(portal.database);
      try {
        return await measure(cluster, portal, store);
      } finally {
        await store.stop();
      }
    } finally {
      await portal.stop();
    }
  });
}

async function measure(
  cluster: Cluster,
  portal: LabPortal,
  store: StoreWatch,
): Promise<BenchResult[]> {
  await until(async () => store.versions().size === TOTAL, {
    what: `${TOTAL} Applications are stored`,
  });
  await until(async () => holds(await askPage(portal)), {
    what: 'the page shows all modules',
  });
  const relists: Relist[] = [];
  const asking = keepAsking(portal);
  try {
    for (let round = 0; round < ROUNDS; round++) {
      relists.push(await relist(cluster, store, round));
      // A watch that has held for a while has proved itself.
      await delay(6000);
    }
  } finally {
    await asking.stop();
  }
  const { answers } = asking;
  const worst = Math.max(...answers.times);
  console.log(
    `page: ${answers.times.length} answers, p95 ${percentile(
      answers.times,
      0.95,
    ).toFixed(0)} ms, at most ${worst.toFixed(0)} ms, ${answers.wrong} wrong`,
  );
  return [
    atMost(
      'relist',
      Math.max(...relists.map(one => one.sinceGone)) / 1000,
      2,
      's',
    ),
    atMost(
      'relist-since-back',
      Math.max(...relists.map(one => one.sinceBack)) / 1000,
      10,
      's',
    ),
    atMost('relist-page-wrong', answers.wrong, 0, ''),
    atMost('relist-page-slowest', worst, 1000, 'ms'),
  ];
}

async function relist(
  cluster: Cluster,
  store: StoreWatch,
  round: number,
): Promise<Relist> {
  await cluster.link.cut();
  const { items } = await cluster.admin.list(APPLICATIONS);
  await someAtOnce(items, ({ metadata }) =>
    cluster.admin.mergePatch(`${APPLICATIONS}/${metadata.name}`, {
      status: { health: { status: round % 2 ? 'Healthy' : 'Degraded' } },
    }),
  );
  const changed = (await cluster.admin.list(APPLICATIONS)).items.map(
    ({ metadata }) => ({
      name: metadata.name,
      version: Number(metadata.resourceVersion),
    }),
  );
  await cluster.restart();
  const asked = (await cluster.requests()).length;
  await cluster.link.restore();
  const back = now();
  const storedAt = await until(
    async () => {
      const times = changed.map(one => store.storedAt(one.name, one.version));
      return times.includes(undefined)
        ? undefined
        : Math.max(...(times as number[]));
    },
    { what: 'everything is stored', everyMs: 20 },
  );
  // The log is written a moment after the answer.
  await delay(1000);
  const requests = (await cluster.requests())
    .slice(asked)
    .filter(({ uri }) => uri.startsWith(`${ALL_APPLICATIONS}?`));
  // A list of one object only asks how far the API server is.
  const lists = requests.filter(
    ({ verb, uri }) => verb === 'list' && !/limit=1\b/.test(uri),
  );
  const firstList = lists[0];
  // An API server that has just started puts watches off for a while with 429.
  const gone = requests
    .filter(
      ({ verb, at, status }) =>
        verb === 'watch' && status !== 429 && at <= firstList?.at,
    )
    .at(-1);
  if (!gone) throw new Error('The portal was not told 410');
  const result = {
    sinceGone: storedAt - gone.at.getTime(),
    sinceBack: storedAt - back,
    pages: lists.length,
  };
  console.log(
    `all stored ${result.sinceGone.toFixed(0)} ms after the 410 (status ${
      gone.status
    }), listed from ${(firstList.at.getTime() - gone.at.getTime()).toFixed(
      0,
    )} ms on in ${lists.length} pages; ${result.sinceBack.toFixed(
      0,
    )} ms after it was back; load ${load()}`,
  );
  return result;
}

/** Asks for a page of modules again and again, as somebody who looks at it would at most. */
function keepAsking(portal: LabPortal) {
  const answers = { times: [] as number[], wrong: 0 };
  let stopped = false;
  const ask = async () => {
    while (!stopped) {
      const start = performance.now();
      const page = await askPage(portal).catch(() => undefined);
      answers.times.push(performance.now() - start);
      if (!holds(page)) answers.wrong += 1;
      await delay(ASK_EVERY_MS);
    }
  };
  const asked = ask();
  return {
    answers,
    stop: async () => {
      stopped = true;
      await asked;
    },
  };
}

/** What an environment's page asks for. */
function askPage({ api }: LabPortal): Promise<ModulePage> {
  const environment = { configRepo: REPO, environment: 'env-3' };
  return api.listModules(environment, { limit: 500 });
}

/** Whether a page has all modules of the environment, each with its Application. */
function holds(page: ModulePage | undefined): boolean {
  return (
    page?.items.length === MODULES &&
    page.items.every(({ states }) => states[0]?.engineObjects.length === 1)
  );
}
