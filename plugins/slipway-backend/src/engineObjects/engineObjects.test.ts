import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { EngineObject } from '@slipway/backstage-plugin-slipway-node';
import type { Knex } from 'knex';
import { migrate } from '../database/migrate';
import { currentSequence } from '../database/sequence';
import { DatabaseLeaseStore, LeaseLostError } from '../leases';
import { DatabaseEngineObjectStore } from './DatabaseEngineObjectStore';
import type { EngineObjectWriter, StoredEngineObject } from './types';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });

const SHOP = 'https://git.example/ops/shop.git';
const PLATFORM = 'git@git.example:ops/platform.git';
const shopKey = 'git.example/ops/shop';
const platformKey = 'git.example/ops/platform';

interface Trait {
  version?: string;
  uid?: string;
  health?: EngineObject['health']['state'];
  repoUrls?: string[];
  resources?: EngineObject['resources'];
}

function application(name: string, trait: Trait = {}): EngineObject {
  return {
    key: { engine: 'argocd', cluster: 'gd', namespace: 'argocd', name },
    uid: trait.uid ?? `uid-${name}`,
    resourceVersion: trait.version ?? '100',
    sources: (trait.repoUrls ?? [SHOP]).map(repoUrl => ({
      repoUrl,
      path: `prod/${name}`,
      recurse: false,
    })),
    destination: { inCluster: true, namespace: 'prod' },
    health: { state: trait.health ?? 'Healthy' },
    sync: { state: 'Synced' },
    conditions: [],
    images: [],
    resources: trait.resources ?? [
      { group: 'apps', kind: 'Deployment', namespace: 'prod', name },
    ],
  };
}

const upsert = (name: string, trait?: Trait) =>
  ({ type: 'upsert', object: application(name, trait) } as const);
const remove = (name: string) =>
  ({ type: 'remove', key: application(name).key } as const);

async function collect(pages: AsyncIterable<StoredEngineObject[]>) {
  const all: StoredEngineObject[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

describe.each(databases.eachSupportedId())('engine objects on %s', id => {
  let knex: Knex;
  let store: DatabaseEngineObjectStore;
  let writer: EngineObjectWriter;
  const leaseKey = 'cluster:gd:argocd';

  beforeEach(async () => {
    knex = await databases.init(id);
    await migrate(mockServices.database({ knex }));
    store = DatabaseEngineObjectStore.create({ knex });
    writer = await takeOver();
  });

  async function takeOver(): Promise<EngineObjectWriter> {
    const leases = DatabaseLeaseStore.create({ knex });
    await knex('leases').where({ key: leaseKey }).update({ expires_at: '' });
    const lease = await leases.acquire({
      key: leaseKey,
      holder: 'a',
      ttlMilliseconds: 60_000,
    });
    return store.writer({
      cluster: 'gd',
      engine: 'argocd',
      lease: lease!,
      logger: mockServices.logger.mock(),
    });
  }

  const list = (...objects: EngineObject[]) =>
    writer.list({ objects, first: true, last: true });

  /** Name, version, state and sequence of everything, tombstones included. */
  async function state() {
    const stored = await store.byIds(
      (await knex('engine_objects').select('id')).map(row => row.id),
    );
    return stored.map(({ object, removed, sequence }) =>
      [
        object.key.name,
        object.resourceVersion,
        removed ? 'removed' : object.health.state,
        sequence,
      ].join(' '),
    );
  }

  it.each<{
    what: string;
    changes: Parameters<EngineObjectWriter['apply']>[0];
    visible: boolean;
    after: string;
  }>([
    {
      what: 'a newer state',
      changes: [upsert('api', { version: '101', health: 'Degraded' })],
      visible: true,
      after: 'api 101 Degraded 2',
    },
    {
      what: 'a newer version of the same content',
      changes: [upsert('api', { version: '101' })],
      visible: false,
      after: 'api 101 Healthy 1',
    },
    {
      what: 'the same version, told again',
      changes: [upsert('api')],
      visible: false,
      after: 'api 100 Healthy 1',
    },
    {
      what: 'an older version, which is shorter as text as well',
      changes: [upsert('api', { version: '99', health: 'Degraded' })],
      visible: false,
      after: 'api 100 Healthy 1',
    },
    {
      what: 'another object of the same name, whatever its version',
      changes: [
        upsert('api', { uid: 'other', version: '9', health: 'Missing' }),
      ],
      visible: true,
      after: 'api 9 Missing 2',
    },
    {
      what: 'versions that are no numbers',
      changes: [upsert('api', { version: 'a1', health: 'Degraded' })],
      visible: true,
      after: 'api a1 Degraded 2',
    },
    {
      what: 'changed resources alone',
      changes: [upsert('api', { version: '101', resources: [] })],
      visible: true,
      after: 'api 101 Healthy 2',
    },
    {
      what: 'its removal',
      changes: [remove('api')],
      visible: true,
      after: 'api 100 removed 2',
    },
    {
      what: 'its removal and an echo of what it was',
      changes: [remove('api'), upsert('api', { version: '98' })],
      visible: true,
      after: 'api 100 removed 2',
    },
    {
      what: 'its removal and its return',
      changes: [remove('api'), upsert('api', { uid: 'new', version: '105' })],
      visible: true,
      after: 'api 105 Healthy 2',
    },
    {
      what: 'a batch out of order',
      changes: [
        upsert('api', { version: '103', health: 'Progressing' }),
        upsert('api', { version: '102', health: 'Degraded' }),
      ],
      visible: true,
      after: 'api 103 Progressing 2',
    },
    {
      what: 'the removal of what was never there',
      changes: [remove('ghost')],
      visible: false,
      after: 'api 100 Healthy 1',
    },
    {
      what: 'nothing',
      changes: [],
      visible: false,
      after: 'api 100 Healthy 1',
    },
  ])('takes in $what', async ({ changes, visible, after }) => {
    expect(await list(application('api'))).toBe(true);
    expect(await writer.apply(changes)).toBe(visible);
    expect(await state()).toEqual([after]);
    expect(await currentSequence(knex)).toBe(visible ? 2 : 1);
  });

  it('keeps objects of one name and two kinds apart', async () => {
    const release = application('api', { health: 'Degraded' });
    release.key.kind = 'HelmRelease';
    await list(application('api'), release);
    expect(await state()).toEqual(['api 100 Healthy 1', 'api 100 Degraded 1']);
    await writer.apply([{ type: 'remove', key: release.key }]);
    expect(await state()).toEqual(['api 100 Healthy 1', 'api 100 removed 2']);
    const [{ object }] = await store.byIds([
      'gd/argocd/argocd/api/HelmRelease',
    ]);
    expect(object.key).toEqual(release.key);
  });

  it('keeps what a list cannot know of, and says of it that nothing is known', async () => {
    const release = (trait?: Trait) => {
      const object = application('redis', trait);
      object.key.kind = 'HelmRelease';
      object.sources[0].appliedRevision = 'a1';
      object.operation = { phase: trait?.health ? 'Running' : 'Succeeded' };
      return object;
    };
    await list(application('api'), application('web'), release());
    // A process that begins anew, and may not read HelmReleases.
    writer = await takeOver();
    const reason = { code: 'forbidden', params: { status: '403' } };
    const partly = (...objects: EngineObject[]) =>
      writer.list({
        objects,
        first: true,
        last: true,
        unread: [{ kind: 'HelmRelease', reason }],
      });
    expect(await partly(application('web'))).toBe(true);
    expect(await state()).toEqual([
      'api 100 removed 2',
      'redis  Unknown 2',
      'web 100 Healthy 1',
    ]);
    const redis = 'gd/argocd/argocd/redis/HelmRelease';
    const [{ object }] = await store.byIds([redis]);
    const { resources, sources, ...known } = release();
    expect(object).toEqual({
      ...known,
      resourceVersion: '',
      health: { state: 'Unknown', reason },
      sync: { state: 'Unknown', reason },
      sources: [{ ...application('redis').sources[0], appliedUnknown: reason }],
    });
    expect(await store.resourcesOf(redis)).toEqual(resources);
    expect(await partly(application('web'))).toBe(false);

    // It can be read again, as it was; nobody waits for an operation whose end cannot be seen.
    await writer.apply([{ type: 'upsert', object: release() }]);
    expect(await state()).toContain('redis 100 Healthy 3');
    await writer.apply([
      {
        type: 'upsert',
        object: release({ version: '101', health: 'Progressing' }),
      },
    ]);
    await partly(application('web'));
    const [{ object: lost }] = await store.byIds([redis]);
    expect(lost).not.toHaveProperty('operation');
    await list(application('web'));
    expect(await state()).toContain('redis  removed 6');
  });

  it('takes a full list for the truth, in pages, and leaves other clusters alone', async () => {
    const elsewhere = application('api');
    elsewhere.key.cluster = 'xj';
    const other = DatabaseLeaseStore.create({ knex });
    await store
      .writer({
        cluster: 'xj',
        engine: 'argocd',
        lease: (await other.acquire({
          key: 'cluster:xj:argocd',
          holder: 'a',
          ttlMilliseconds: 60_000,
        }))!,
        logger: mockServices.logger.mock(),
      })
      .list({ objects: [elsewhere], first: true, last: true });

    const names = Array.from({ length: 1200 }, (_, i) => `m-${i}`);
    for (let start = 0; start < 1200; start += 400) {
      await writer.list({
        objects: names.slice(start, start + 400).map(name => application(name)),
        first: start === 0,
        last: start === 800,
      });
    }
    expect(await store.counts()).toEqual(
      expect.arrayContaining([
        { cluster: 'gd', engine: 'argocd', count: 1200 },
        { cluster: 'xj', engine: 'argocd', count: 1 },
      ]),
    );
    expect(await currentSequence(knex)).toBe(4);

    // A restart in the middle of a list: what was half listed does not count
    await writer.list({
      objects: [application('m-0')],
      first: true,
      last: false,
    });
    // Restored from a backup: lower versions, one object gone back, most gone
    expect(
      await list(
        application('m-1'),
        application('m-2', { version: '7', health: 'Degraded' }),
      ),
    ).toBe(true);
    expect(await currentSequence(knex)).toBe(5);
    const live = await collect(store.allOfRepo([shopKey]));
    expect(
      live.map(({ object, sequence }) =>
        [
          object.key.cluster,
          object.key.name,
          object.health.state,
          sequence,
        ].join(),
      ),
    ).toEqual(['gd,m-1,Healthy,2', 'gd,m-2,Degraded,5', 'xj,api,Healthy,1']);
    expect(
      await collect(
        store.changedSince(4, {
          configRepoKeys: [shopKey],
          configRepo: 'shop',
        }),
      ),
    ).toHaveLength(1199);

    expect(await list()).toBe(true);
    expect(await list()).toBe(false);
    await expect(
      writer.list({ objects: [], first: false, last: true }),
    ).rejects.toThrow('first page');
    await expect(
      writer.apply([{ type: 'remove', key: elsewhere.key }]),
    ).rejects.toThrow("'argocd' on 'xj'");
  });

  it('finds what changed for a config repo, by its sources and by its links', async () => {
    const shop = { configRepoKeys: [shopKey], configRepo: 'shop' };
    await list(
      application('api'),
      application('both', { repoUrls: [SHOP, PLATFORM, `${SHOP}/`] }),
      application('gateway', { repoUrls: [PLATFORM] }),
    );
    const names = (objects: StoredEngineObject[]) =>
      objects.map(({ object, removed }) =>
        removed ? `-${object.key.name}` : object.key.name,
      );
    expect(names(await collect(store.changedSince(0, shop)))).toEqual([
      'api',
      'both',
    ]);
    expect(names(await collect(store.allOfRepo([platformKey])))).toEqual([
      'both',
      'gateway',
    ]);
    const [api] = await collect(store.changedSince(0, shop));
    const { resources, ...summary } = application('api');
    expect(api).toMatchObject({
      id: 'gd/argocd/argocd/api',
      object: summary,
      removed: false,
    });
    expect(api.object).not.toHaveProperty('resources');
    expect(await store.resourcesOf(api.id)).toEqual(resources);
    expect(await store.resourcesOf('unheard of')).toEqual([]);

    await knex('module_engine_objects').insert({
      module_id: 'shop/prod/api',
      engine_object_id: api.id,
      config_repo: 'shop',
    });
    // It moves to another repository: shop hears of it once more, through the link
    await writer.apply([
      upsert('api', { version: '101', repoUrls: [PLATFORM] }),
      remove('both'),
    ]);
    expect(names(await collect(store.changedSince(1, shop)))).toEqual([
      'api',
      '-both',
    ]);
    expect(names(await collect(store.allOfRepo([shopKey])))).toEqual([]);
    expect(names(await collect(store.allOfRepo([platformKey])))).toEqual([
      'api',
      'gateway',
    ]);
  });

  it('forgets what was removed an hour ago, but not what a module still stands on', async () => {
    await list(application('gone'), application('linked'), application('kept'));
    await knex('module_engine_objects').insert({
      module_id: 'shop/prod/linked',
      engine_object_id: 'gd/argocd/argocd/linked',
      config_repo: 'shop',
    });
    await writer.apply([remove('gone'), remove('linked')]);
    await knex('engine_objects').update({
      seen_at: '2026-01-01T00:00:00.000Z',
    });
    const successor = await takeOver();
    await successor.apply([upsert('kept', { version: '101' })]);
    expect(await state()).toEqual([
      'kept 101 Healthy 1',
      'linked 100 removed 2',
    ]);
    expect(
      await knex('engine_object_sources').orderBy('engine_object_id'),
    ).toHaveLength(2);
  });

  it('refuses the writes of a process whose lease was taken over', async () => {
    await list(application('api'));
    const successor = await takeOver();
    await expect(list()).rejects.toThrow(LeaseLostError);
    await expect(
      writer.apply([upsert('api', { version: '999', health: 'Degraded' })]),
    ).rejects.toThrow(LeaseLostError);
    expect(await state()).toEqual(['api 100 Healthy 1']);
    await successor.apply([
      upsert('api', { version: '101', health: 'Missing' }),
    ]);
    expect(await state()).toEqual(['api 101 Missing 2']);
  });
});
