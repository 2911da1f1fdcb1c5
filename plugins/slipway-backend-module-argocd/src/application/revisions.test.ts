import { mapped } from './__testUtils__/mapped';

const REPO = 'https://git.example/ops/shop.git';
const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const C = 'c'.repeat(40);

const source = { repoURL: REPO, path: 'cart' };
const moved = { repoURL: REPO, path: 'basket' };
const chart = { repoURL: 'https://charts.example', chart: 'redis' };

describe('the revisions of the sources of an Application', () => {
  it.each<[string, object, object, Array<[string?, string?]>]>([
    [
      'synced: what was compared is live',
      { source },
      {
        sync: { status: 'Synced', revision: B, comparedTo: { source } },
        history: [{ id: 0, revision: A, source }],
      },
      [[B, B]],
    ],
    [
      'out of sync: the newest entry of the history',
      { source },
      {
        sync: { status: 'OutOfSync', revision: C, comparedTo: { source } },
        history: [
          { id: 3, revision: B, source },
          { id: 2, revision: A, source },
        ],
      },
      [[C, B]],
    ],
    [
      'pointed elsewhere since: no commit of the old place',
      { source: moved },
      {
        sync: { status: 'Synced', revision: B, comparedTo: { source } },
        history: [{ id: 0, revision: A, source }],
      },
      [[undefined, undefined]],
    ],
    [
      'the same repository, spelled otherwise',
      { source: { ...source, repoURL: 'https://git.example/ops/shop' } },
      { sync: { status: 'Synced', revision: B, comparedTo: { source } } },
      [[B, B]],
    ],
    [
      'no history: a sync that succeeded',
      { source },
      {
        sync: { status: 'OutOfSync', revision: C },
        operationState: {
          phase: 'Succeeded',
          syncResult: { revision: A, source },
        },
      },
      [[C, A]],
    ],
    [
      'no history, and the sync was partial',
      { source },
      {
        sync: { status: 'OutOfSync', revision: C },
        operationState: {
          phase: 'Succeeded',
          operation: {
            sync: { resources: [{ kind: 'Service', name: 'cart' }] },
          },
          syncResult: { revision: A, source },
        },
      },
      [[C, undefined]],
    ],
    [
      'no history, and the sync failed',
      { source },
      {
        sync: { status: 'OutOfSync', revision: C },
        operationState: {
          phase: 'Failed',
          syncResult: { revision: A, source },
        },
      },
      [[C, undefined]],
    ],
    [
      'several sources, one added in front since',
      { sources: [moved, source, chart] },
      {
        sync: {
          status: 'OutOfSync',
          revisions: [C, B, '7.2.1'],
          comparedTo: {
            source: { repoURL: '' },
            sources: [moved, source, chart],
          },
        },
        history: [{ id: 1, revisions: [A, '7.2.0'], sources: [source, chart] }],
      },
      [
        [C, undefined],
        [B, A],
        ['7.2.1', '7.2.0'],
      ],
    ],
    [
      'several sources, recorded without saying which',
      { sources: [source, moved] },
      {
        sync: { status: 'Synced', revisions: [A, B] },
        history: [{ revision: C }],
      },
      [
        [A, A],
        [B, B],
      ],
    ],
  ])('compared and applied: %s', (_, spec, status, expected) => {
    const { sources } = mapped({ spec, status });
    const revisions = sources.map(({ comparedRevision, appliedRevision }) => [
      comparedRevision,
      appliedRevision,
    ]);
    expect(revisions).toEqual(expected);
  });

  it.each<[string, object, [string?, string?, string?], object?]>([
    [
      'synced at the hydrated commit',
      { sync: { status: 'Synced', revision: B } },
      [A, A],
    ],
    [
      'synced, after others hydrated into the branch',
      {
        sync: { status: 'Synced', revision: C },
        reconciledAt: '2026-01-01T00:00:05Z',
      },
      [A, A],
    ],
    [
      'hydrated, and not looked at for sure since',
      {
        sync: { status: 'Synced', revision: C },
        reconciledAt: '2026-01-01T00:00:04Z',
      },
      [undefined, undefined, 'dryRevisionNotTold'],
    ],
    [
      'hydrated into a branch where it waits',
      {
        sync: { status: 'Synced', revision: C },
        reconciledAt: '2026-01-01T00:00:05Z',
      },
      [undefined, undefined, 'dryRevisionNotTold'],
      { hydrateTo: { targetBranch: 'env/dev-next' } },
    ],
    [
      'hydrated into a branch, and moved on as it is',
      { sync: { status: 'Synced', revision: B } },
      [A, A],
      { hydrateTo: { targetBranch: 'env/dev-next' } },
    ],
    [
      'hydrated, and never applied',
      { sync: { status: 'OutOfSync', revision: B } },
      [A, undefined],
    ],
    [
      'out of sync, applied before',
      {
        sync: { status: 'OutOfSync', revision: B },
        history: [{ id: 0, revision: C }],
      },
      [A, undefined, 'dryRevisionNotTold'],
    ],
    [
      'drifted after it was applied',
      {
        sync: { status: 'OutOfSync', revision: B },
        history: [{ id: 0, revision: B }],
      },
      [A, A],
    ],
  ])('hydrated: %s', (_, status, expected, more = {}) => {
    const syncSource = { targetBranch: 'env/dev', path: 'cart' };
    const { sources } = mapped({
      spec: { sourceHydrator: { drySource: source, syncSource, ...more } },
      status: {
        sourceHydrator: {
          lastSuccessfulOperation: { drySHA: A, hydratedSHA: B },
          currentOperation: {
            phase: 'Hydrated',
            finishedAt: '2026-01-01T00:00:04Z',
          },
        },
        ...status,
      },
    });
    const [{ comparedRevision, appliedRevision, appliedUnknown }] = sources;
    expect([comparedRevision, appliedRevision, appliedUnknown?.code]).toEqual([
      ...expected,
      ...Array(3 - expected.length),
    ]);
  });
});
