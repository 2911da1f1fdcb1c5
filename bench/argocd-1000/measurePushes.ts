import { now } from '../event-to-page/clock';
import { ESTATE, MODULES } from '../lab/estate';
import { isDelivered, type Estate } from '../lab/withEstate';
import { until } from '../../packages/lab/src';
import type { BenchResult } from '../types';
import { atMost, percentile } from '../verdicts';
import { print, push } from './measureChanges';

const PUSHES = 20;
/** In an environment that nothing else changes. */
const FIRST = 5 * MODULES;

/** From when the Git server has a change of one module, pushed through Slipway, to Argo CD's word that it is delivered. */
export async function measurePushes(estate: Estate): Promise<BenchResult[]> {
  const times: number[] = [];
  for (let number = 0; number < PUSHES; number++) {
    times.push(await pushOne(estate, number));
  }
  print('pushed, until Synced', times);
  return [
    atMost('argocd-1000-push-synced', percentile(times, 0.95), 5000, 'ms'),
  ];
}

async function pushOne(
  { lab, portal, watch }: Estate,
  number: number,
): Promise<number> {
  const one = ESTATE[FIRST + number];
  let landed = Infinity;
  const synced = new Map<string, number>();
  const stopPushes = lab.git.onPush(() => {
    landed = now();
  });
  const stopEvents = watch.listen(({ name, at, application }) => {
    const revision = application.status?.sync?.revision ?? '';
    if (name !== one.name || synced.has(revision)) return;
    if (isDelivered(application, revision)) synced.set(revision, at);
  });
  try {
    const revision = await push(portal, [one], 1);
    const at = await until(async () => synced.get(revision), {
      what: `${one.name} is Synced`,
      everyMs: 20,
      timeoutMs: 300_000,
    });
    return at - landed;
  } finally {
    stopPushes();
    stopEvents();
  }
}
