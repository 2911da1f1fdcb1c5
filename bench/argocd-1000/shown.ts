import { setTimeout as delay } from 'node:timers/promises';
import type { Module } from '../../plugins/slipway-common/src';
import { ESTATE } from '../lab/estate';
import type { Estate } from '../lab/withEstate';

const PATIENCE_MS = 10_000;

/**
 * How many modules the API does not show as their Application is, although that said nothing new for a while: Argo CD looks
 * at some of a thousand at any time.
 */
export async function countWrong(estate: Estate): Promise<number> {
  const end = Date.now() + PATIENCE_MS;
  let wrong = await listWrong(estate);
  while (wrong.size > 0 && Date.now() < end) {
    await delay(500);
    const before = wrong;
    const now = await listWrong(estate);
    wrong = new Map([...now].filter(([version]) => before.has(version)));
  }
  const words = [...wrong.values()].slice(0, 5);
  if (words.length > 0) console.log(`shown wrong: ${words.join('; ')}`);
  return wrong.size;
}

/** By name and version of the Application, what is wrong. */
async function listWrong({
  portal,
  watch,
}: Estate): Promise<Map<string, string>> {
  const shown = new Map<string, Module>();
  let cursor: string | undefined;
  do {
    const page = await portal.api.findModules({
      configRepo: ['estate'],
      limit: 500,
      cursor,
    });
    for (const { module } of page.items) {
      shown.set(`${module.environment}-${module.name}`, module);
    }
    cursor = page.nextCursor;
  } while (cursor);
  const wrong = new Map<string, string>();
  for (const { name } of ESTATE) {
    const { metadata, status } = watch.applications.get(name) ?? {};
    const state = shown.get(name)?.states[0];
    const isRight =
      state !== undefined &&
      !state.stale &&
      state.health.state === status?.health?.status &&
      state.sync.state === status?.sync?.status &&
      state.appliedRevision === status?.sync?.revision &&
      state.fileSync.state === 'Current';
    if (isRight) continue;
    const said = JSON.stringify([status?.health, status?.sync]);
    wrong.set(
      `${name}@${metadata?.resourceVersion}`,
      `${name} says ${said}, shown as ${JSON.stringify(state)}`,
    );
  }
  return wrong;
}
