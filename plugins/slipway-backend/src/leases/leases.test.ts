import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { migrate } from '../database/migrate';
import { assertFence } from './assertFence';
import { DatabaseLeaseStore } from './DatabaseLeaseStore';
import { LeaseKeeper, type LeasedWork } from './LeaseKeeper';
import { LeaseLostError } from './LeaseLostError';
import type { HeldLease, LeaseStore } from './types';

jest.setTimeout(300_000);

const logger = mockServices.logger.mock();
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });

async function until(condition: () => boolean | Promise<boolean>) {
  const end = Date.now() + 90_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('It never came to pass');
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

/** Work that lasts as long as the lease, and remembers each tenure. */
function recordTenures(): { tenures: HeldLease[]; work: LeasedWork } {
  const tenures: HeldLease[] = [];
  return {
    tenures,
    work: async lease => {
      tenures.push(lease);
      await new Promise(resolve =>
        lease.signal.addEventListener('abort', resolve),
      );
    },
  };
}

describe.each(databases.eachSupportedId())('leases on %s', databaseId => {
  let knex: Knex;
  let store: LeaseStore;

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    await migrate(mockServices.database({ knex }));
    store = DatabaseLeaseStore.create({ knex });
  });

  const write = (lease: { key: string; fence: number }) =>
    knex.transaction(tx => assertFence(tx, lease));

  it('grants a lease to one holder at a time, with a fence that only grows', async () => {
    const claim = { key: 'cluster:gd:argocd', ttlMilliseconds: 60_000 };
    const first = await store.acquire({ ...claim, holder: 'a' });
    expect(first).toMatchObject({ holder: 'a', fence: 1 });
    expect(Date.parse(first!.expiresAt) - Date.now()).toBeGreaterThan(50_000);
    expect(await store.acquire({ ...claim, holder: 'b' })).toBeUndefined();
    expect(await store.acquire({ ...claim, holder: 'a' })).toBeUndefined();
    expect(await store.held()).toEqual([first]);
    await expect(write(first!)).resolves.toBeUndefined();

    await store.release(first!);
    expect(await store.held()).toEqual([]);
    const second = await store.acquire({ ...claim, holder: 'b' });
    expect(second).toMatchObject({ holder: 'b', fence: 2 });
    expect(await store.renew(first!, 60_000)).toBe(false);
    expect(await store.renew(second!, 60_000)).toBe(true);
    await store.release(first!);
    expect(await store.held()).toHaveLength(1);

    await expect(write(first!)).rejects.toThrow(LeaseLostError);
    await expect(write({ key: 'unheard of', fence: 1 })).rejects.toThrow(
      LeaseLostError,
    );
  });

  it('lets exactly one of many claims win', async () => {
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        store.acquire({
          key: 'contested',
          holder: `holder-${i}`,
          ttlMilliseconds: 60_000,
        }),
      ),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it('hands over when a process dies, falls silent, or stops', async () => {
    const options = { logger, ttlMilliseconds: 600, renewMilliseconds: 150 };
    // Its link to the database breaks after the first renewals, while its timers and work go on
    let cut = false;
    const cutOff = async () => {
      if (cut) throw new Error('connection terminated');
    };
    const dying = LeaseKeeper.create({
      ...options,
      holder: 'dying',
      store: {
        acquire: async claim => {
          await cutOff();
          return store.acquire(claim);
        },
        renew: async (lease, ttl) => {
          await cutOff();
          return store.renew(lease, ttl);
        },
        release: async lease => {
          await cutOff();
          return store.release(lease);
        },
        held: () => store.held(),
      },
    });
    const first = recordTenures();
    dying.keep('key', first.work);
    await until(() => first.tenures.length === 1);

    const heir = LeaseKeeper.create({ ...options, holder: 'heir', store });
    const second = recordTenures();
    heir.keep('key', second.work);
    await new Promise(resolve => setTimeout(resolve, 900));
    expect(first.tenures[0].signal.aborted).toBe(false);
    expect(second.tenures).toEqual([]);

    cut = true;
    await until(() => second.tenures.length === 1);
    expect(first.tenures[0].signal.aborted).toBe(true);
    expect(first.tenures[0].signal.reason).toBeInstanceOf(LeaseLostError);
    expect(second.tenures[0].fence).toBe(first.tenures[0].fence + 1);
    await expect(write(first.tenures[0])).rejects.toThrow(LeaseLostError);
    await expect(write(second.tenures[0])).resolves.toBeUndefined();

    cut = false;
    const stopped = Date.now();
    await heir.stop();
    expect(second.tenures[0].signal.aborted).toBe(true);
    await until(() => first.tenures.length === 2);
    expect(Date.now() - stopped).toBeLessThan(500);
    expect(first.tenures[1].fence).toBe(second.tenures[0].fence + 1);
    expect(await store.held()).toMatchObject([{ holder: 'dying' }]);
    await dying.stop();
    expect(await store.held()).toEqual([]);
  });

  it('spreads keys over processes that start together, and survives work that fails', async () => {
    const options = { store, logger, renewMilliseconds: 500 };
    const keepers = ['a', 'b', 'c'].map(holder =>
      LeaseKeeper.create({ ...options, holder }),
    );
    for (const keeper of keepers) {
      for (let i = 0; i < 33; i++) {
        keeper.keep(`cluster:${i}`, recordTenures().work);
      }
    }
    await until(async () => (await store.held()).length === 33);
    for (const keeper of keepers) {
      expect(keeper.heldCount).toBeGreaterThan(2);
    }
    let attempts = 0;
    keepers[0].keep('fragile', async () => {
      attempts++;
      throw new Error('not this time');
    });
    await until(() => attempts === 2);
    await Promise.all(keepers.map(keeper => keeper.stop()));
    expect(await store.held()).toEqual([]);
  });
});
