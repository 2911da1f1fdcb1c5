import { mergeResources } from './mergeResources';

const service = {
  kind: 'Service',
  namespace: 'shop',
  name: 'cart',
  version: 'v1',
};
const deployment = { ...service, group: 'apps', kind: 'Deployment' };
const job = { ...service, group: 'batch', kind: 'Job', name: 'migrate' };

function table(synced: unknown, present: unknown) {
  return JSON.parse(JSON.stringify(mergeResources(synced, present)));
}

describe('mergeResources', () => {
  it('shows all that a partial sync left alone, and what is now where it did not fail', () => {
    expect(
      table(
        [
          {
            ...service,
            group: '',
            status: 'Synced',
            hookPhase: 'Succeeded',
            syncPhase: 'Sync',
            message: 'service/cart unchanged',
          },
        ],
        [
          { ...service, status: 'OutOfSync', health: { status: 'Healthy' } },
          { ...deployment, status: 'OutOfSync', requiresPruning: true },
        ],
      ),
    ).toEqual([
      {
        ...service,
        group: '',
        status: 'OutOfSync',
        health: 'Healthy',
        hookPhase: 'Succeeded',
        syncPhase: 'Sync',
        message: 'service/cart unchanged',
      },
      { ...deployment, status: 'OutOfSync', requiresPruning: true },
    ]);
  });

  it.each([
    ['SyncFailed', 'OutOfSync', 'SyncFailed'],
    ['SyncFailed', undefined, 'SyncFailed'],
    ['SyncFailed', 'Synced', 'Synced'],
    ['PruneSkipped', 'OutOfSync', 'PruneSkipped'],
    ['Pruned', 'OutOfSync', 'OutOfSync'],
    ['Synced', 'OutOfSync', 'OutOfSync'],
    ['Synced', 'Unknown', 'Unknown'],
    ['Synced', undefined, 'Synced'],
    [undefined, 'Synced', 'Synced'],
  ])('result %s, now %s: %s', (result, now, expected) => {
    const rows = mergeResources(
      [{ ...deployment, status: result }],
      [{ ...deployment, status: now }],
    );
    expect(rows).toMatchObject([{ kind: 'Deployment', status: expected }]);
  });

  it.each([
    ['Running', undefined, true, 'Running'],
    ['Running', undefined, false, undefined],
    ['Succeeded', undefined, false, 'Succeeded'],
    ['Running', 'PreSync', false, 'Running'],
  ])(
    'phase %s of a hook of type %s, while it runs: %s: %s',
    (hookPhase, hookType, runs, expected) => {
      const [row] = mergeResources([{ ...job, hookPhase, hookType }], [], runs);
      expect(row.hookPhase).toBe(expected);
    },
  );

  it('keeps hooks in each of their phases, and rows of what is gone', () => {
    const rows = table(
      [
        {
          ...job,
          status: 'Synced',
          hookType: 'PreSync',
          hookPhase: 'Succeeded',
          syncPhase: 'PreSync',
        },
        {
          ...job,
          status: 'Synced',
          hookType: 'PostSync',
          hookPhase: 'Failed',
          syncPhase: 'PostSync',
        },
        {
          ...service,
          status: 'Pruned',
          hookType: '',
          hookPhase: 'Succeeded',
          message: 'pruned',
        },
      ],
      [{ ...job, hook: true, requiresPruning: true }],
    );
    expect(rows).toEqual([
      {
        ...job,
        status: 'Synced',
        hookType: 'PreSync',
        hookPhase: 'Succeeded',
        syncPhase: 'PreSync',
      },
      {
        ...job,
        status: 'Synced',
        hookType: 'PostSync',
        hookPhase: 'Failed',
        syncPhase: 'PostSync',
      },
      {
        ...service,
        group: '',
        status: 'Pruned',
        hookPhase: 'Succeeded',
        message: 'pruned',
      },
    ]);
  });

  it.each([
    [undefined, undefined],
    ['x', 7],
    [[null, {}, { kind: 'Service' }], { a: 1 }],
  ])('makes nothing of nothing: %j, %j', (synced, present) => {
    expect(mergeResources(synced, present)).toEqual([]);
  });
});
