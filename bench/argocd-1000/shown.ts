import { setTimeout as delay } from 'node:timers/promises';
import type { Module } from '../../plugins/slipway-common/src';
import { ESTATE } from '../lab/estate';
import type { Estate } from '../lab/withEstate';

const PATIENCE_MS = 10_000;

/** How many modules the API does not show as their Application is; looks again for a while, as both may be moving. */
export async function countWrong(estate: Estate): Promise<number> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const wrong = await listWrong(estate);
    if (wrong.length === 0) return 0;
    if (Date.now() > end) {
      console.log(`shown wrong: ${wrong.slice(0, 5).join('; ')}`);
      return wrong.length;
    }
    await delay(500);
  }
}

async function listWrong({ portal, watch }: Estate): Promise<string[]> {
  const { content } = await portal.get('/config-repos/estate');
  const shown = new Map<string, Module>();
  let cursor = '';
  do {
    const page = await portal.get(
      `/modules?configRepo=estate&limit=500${cursor && `&cursor=${cursor}`}`,
    );
    for (const { module } of page.items) {
      shown.set(`${module.environment}-${module.name}`, module);
    }
    cursor = page.nextCursor ? encodeURIComponent(page.nextCursor) : '';
  } while (cursor);
  return ESTATE.flatMap(({ name }) => {
    const { health, sync } = watch.applications.get(name)?.status ?? {};
    const state = shown.get(name)?.states[0];
    const isRight =
      state !== undefined &&
      !state.stale &&
      state.health.state === health?.status &&
      state.sync.state === sync?.status &&
      state.appliedRevision === sync?.revision &&
      state.fileSync.state === 'Current';
    return isRight
      ? []
      : [
          `${name} is ${health?.status} ${sync?.status} ${
            sync?.revision
          }, shown as ${JSON.stringify(state)}, head ${content?.head}`,
        ];
  });
}
