import { TestDatabases } from '@backstage/backend-test-utils';
import { until } from '../program';
import { PageWatch } from './__testUtils__/PageWatch';
import type { PortalProcess } from './__testUtils__/PortalProcess';
import { ReplicaLab } from './__testUtils__/ReplicaLab';
import { versionsOf } from './__testUtils__/Writers';

/** 15 s are promised, and printed; how long it takes is the machine's affair as well. */
const TAKE_OVER_MS = 120_000;

let on: ReplicaLab;
const pages: PageWatch[] = [];

const note = (text: string) => process.stdout.write(`${text}\n`);

afterAll(async () => {
  await Promise.all(pages.map(page => page.stop()));
  await on?.stop();
});

// Below, because what is defined first ends first.
const databases = TestDatabases.create({ ids: ['POSTGRES_17'] });

beforeAll(async () => {
  on = await ReplicaLab.create(await databases.init('POSTGRES_17'));
});

/** Resolves when all that has been written up to now shows on the portal. */
async function showsAll(portal: PortalProcess): Promise<void> {
  const written = on.writers.written();
  await until(
    async () => {
      const shown = versionsOf(await portal.modules());
      return [...written].every(([key, version]) =>
        version === 0 ? !shown.has(key) : (shown.get(key) ?? 0) >= version,
      );
    },
    {
      what: 'the portal shows all that was written',
      timeoutMs: TAKE_OVER_MS,
      everyMs: 200,
    },
  );
}

/**
 * Resolves to the seconds until a portal watches all clusters and shows what was changed, made and deleted on each
 * after the other portal had gone.
 */
async function takesOver(portal: PortalProcess): Promise<number> {
  const since = performance.now();
  await on.writers.toggle();
  await showsAll(portal);
  const seconds = (performance.now() - since) / 1000;
  expect(await on.holders()).toEqual({ [portal.pid]: on.clusters.length });
  for (const cluster of on.clusters) {
    // It is said a moment after what was listed is stored.
    await until(
      async () => {
        const { engines } = await portal.cluster(cluster);
        return engines[0].connection === 'Connected';
      },
      { what: `${cluster} is connected`, timeoutMs: TAKE_OVER_MS },
    );
  }
  return seconds;
}

describe('several portals on one PostgreSQL', () => {
  it('split the clusters, and show the same', async () => {
    const both = on.portals.slice(0, 2);
    await Promise.all(both.map(portal => on.start(portal)));
    pages.push(...both.map(PageWatch.start));
    await Promise.all(both.map(showsAll));
    const counts = Object.values(await on.holders());
    note(`watches by process: ${counts.join(' and ')}`);
    expect(counts.reduce((a, b) => a + b)).toBe(on.clusters.length);
    for (const portal of both) {
      for (const cluster of on.clusters) {
        const { engines } = await portal.cluster(cluster);
        expect(engines).toMatchObject([
          { connection: 'Connected', objects: on.objects },
        ]);
      }
    }
  });

  it('take over from one that is killed, and lose nothing', async () => {
    const counts = await on.holders();
    const held = ({ pid }: PortalProcess) => counts[pid] ?? 0;
    const [dying, heir] = on.portals
      .slice(0, 2)
      .sort((a, b) => held(b) - held(a));

    await dying.kill();

    const seconds = await takesOver(heir);
    note(`taken over from the dead: ${seconds.toFixed(1)} s`);
    expect(on.store.setbacks).toEqual([]);
  });

  it('let nobody write who stood still meanwhile', async () => {
    const [frozen] = on.portals.filter(({ isRunning }) => isRunning);
    const heir = on.portals[2];
    await on.start(heir);
    pages.push(PageWatch.start(heir));
    await showsAll(heir);
    expect(await on.holders()).toEqual({ [frozen.pid]: on.clusters.length });

    frozen.freeze();
    const seconds = await takesOver(heir);
    note(`taken over from the frozen: ${seconds.toFixed(1)} s`);

    // It has what it heard before it stood still to offer.
    frozen.thaw();
    await showsAll(frozen);
    await on.writers.stop();
    await Promise.all([frozen, heir].map(showsAll));
    await Promise.all(pages.map(page => page.stop()));
    expect(frozen.isRunning).toBe(true);
    expect(await on.holders()).toEqual({ [heir.pid]: on.clusters.length });
    const looks = pages.reduce((sum, page) => sum + page.looks, 0);
    note(
      `${on.writers.count} changes, ${on.store.looks} looks at the store, ${looks} at pages`,
    );
    expect(on.store.setbacks).toEqual([]);
    expect(pages.flatMap(({ setbacks }) => setbacks)).toEqual([]);
  });
});
