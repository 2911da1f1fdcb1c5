import type { EngineObject } from '@slipway/backstage-plugin-slipway-node';
import brokenSource from '../__fixtures__/brokenSource.json';
import lostDestination from '../__fixtures__/lostDestination.json';
import retrying from '../__fixtures__/retrying.json';
import { defined, mapped } from './__testUtils__/mapped';

const unknown = (code: string, params: Record<string, string> = {}) => ({
  state: 'Unknown' as const,
  reason: { code, params },
});
const uncompared = (message: string) =>
  unknown('comparisonFailed', { message });
const both = (state: EngineObject['health'] & EngineObject['sync']) => ({
  health: state,
  sync: state,
});

describe('the health and the sync of an Application', () => {
  it.each<[string, unknown, Partial<EngineObject>]>([
    [
      'no status at all',
      undefined,
      {
        ...both(unknown('notReported')),
        resources: [],
        images: [],
        conditions: [],
      },
    ],
    [
      'words of a later version',
      { health: { status: 'Splendid' }, sync: { status: 'Almost' } },
      {
        health: unknown('unknownValue', { value: 'Splendid' }),
        sync: unknown('unknownValue', { value: 'Almost' }),
      },
    ],
    [
      'healthy although it could not compare',
      {
        health: {
          status: 'Healthy',
          lastTransitionTime: '2026-01-01T00:00:00Z',
        },
        sync: { status: 'Unknown' },
        conditions: [
          { type: 'SharedResourceWarning', message: 'shared' },
          {
            type: 'ComparisonError',
            message: 'kustomize build failed',
            lastTransitionTime: '2026-02-02T00:00:00Z',
          },
        ],
      },
      {
        health: {
          ...uncompared('kustomize build failed'),
          since: '2026-02-02T00:00:00Z',
        },
        sync: uncompared('kustomize build failed'),
      },
    ],
    [
      'not compared, and no word why',
      { health: { status: 'Missing' }, sync: { status: 'Unknown' } },
      { health: { state: 'Missing' }, sync: unknown('notCompared') },
    ],
    [
      'a condition that is no failure to compare',
      {
        health: { status: 'Degraded', message: '1 pod crashes' },
        sync: { status: 'OutOfSync' },
        conditions: [{ type: 'SyncError', message: 'gave up' }],
      },
      {
        health: {
          state: 'Degraded',
          reason: {
            code: 'engineMessage',
            params: { message: '1 pod crashes' },
          },
        },
        sync: { state: 'OutOfSync' },
        conditions: [{ type: 'SyncError', message: 'gave up' }],
      },
    ],
    [
      'a status that became too large to be written',
      {
        health: { status: 'Degraded' },
        sync: { status: 'OutOfSync' },
        conditions: [
          { type: 'ComparisonError', message: 'old' },
          { type: 'UnknownError', message: 'exceeds the size limit' },
        ],
      },
      both(uncompared('exceeds the size limit')),
    ],
    [
      'a comparison that was not in full',
      {
        health: { status: 'Healthy' },
        sync: { status: 'Synced' },
        conditions: [{ type: 'ComparisonError', message: 'not signed' }],
      },
      both(uncompared('not signed')),
    ],
    [
      'what is bad all the same',
      {
        health: { status: 'Missing' },
        sync: { status: 'OutOfSync' },
        conditions: [
          { type: 'InvalidSpecError', message: 'Namespace for a is missing.' },
        ],
      },
      {
        health: { state: 'Missing' },
        sync: {
          ...uncompared('Namespace for a is missing.'),
          state: 'OutOfSync',
        },
      },
    ],
    [
      'a hydrator that failed',
      {
        health: { status: 'Healthy' },
        sync: { status: 'Synced' },
        sourceHydrator: {
          currentOperation: { phase: 'Failed', message: 'no write access' },
        },
      },
      {
        health: { state: 'Healthy' },
        sync: unknown('hydrationFailed', { message: 'no write access' }),
        conditions: [{ type: 'HydrationFailed', message: 'no write access' }],
      },
    ],
  ])('are told: %s', (_, status, expected) => {
    expect(defined(mapped({ status }))).toMatchObject(expected);
  });

  it('are nothing good where a source cannot be rendered', () => {
    expect(brokenSource.status.health.status).toBe('Healthy');
    const { resources, sources, ...states } = mapped(brokenSource);
    const { reason } = uncompared(
      expect.stringContaining('Failed to unmarshal'),
    );
    expect(states).toMatchObject(both({ state: 'Unknown', reason }));
    expect(resources).toMatchObject([
      { kind: 'Namespace', status: 'Synced' },
      { kind: 'ConfigMap', status: 'Unknown' },
    ]);
    // Argo CD names the branch as the revision, and marks all resources to be pruned.
    expect(sources).toEqual([
      expect.objectContaining({
        comparedRevision: undefined,
        appliedRevision: brokenSource.status.history[0].revision,
      }),
    ]);
    expect(resources[1].requiresPruning).toBeUndefined();
  });

  describe('where the cluster does not answer Argo CD', () => {
    const { status } = lostDestination;
    const synced = { ...status.sync, status: 'Synced' };
    const ended = (phase: string) => ({ ...status.operationState, phase });
    const reason = {
      code: 'destinationUnreachable',
      params: { message: expect.stringContaining('connection refused') },
    };
    it.each<[string, object, object]>([
      [
        'nothing good, as long as a sync runs into it',
        {},
        {
          health: { state: 'Unknown', since: '2026-11-22T03:01:43Z', reason },
          sync: { state: 'OutOfSync', reason },
          operation: { phase: 'Running' },
        },
      ],
      [
        'what was bad before',
        { health: { status: 'Degraded' }, sync: synced },
        {
          health: { state: 'Degraded', reason },
          sync: { state: 'Unknown', reason },
        },
      ],
      [
        'nothing good after the sync failed',
        { operationState: ended('Failed') },
        { health: { state: 'Unknown', reason } },
      ],
      [
        'what it compared since',
        { operationState: ended('Failed'), sync: synced },
        { health: { state: 'Healthy' }, sync: { state: 'Synced' } },
      ],
      [
        'what it says after a sync that succeeded',
        { operationState: ended('Succeeded') },
        { health: { state: 'Healthy' }, sync: { state: 'OutOfSync' } },
      ],
    ])('are %s', (_, change, expected) => {
      expect(status.health.status).toBe('Healthy');
      const object = mapped({
        ...lostDestination,
        status: { ...status, ...change },
      });
      expect(object).toMatchObject(expected);
    });
  });

  it.each([
    'failed calling webhook "a.example": failed to call webhook: Post "https://a.svc:443/apis/a?timeout=10s": dial tcp: refused',
    'failed to list refs: Get "https://git.example/a.git/info/refs?service=git-upload-pack": dial tcp: refused',
    'deployments.apps "web" is forbidden',
  ])(
    'are told although a sync failed, with no loss of the cluster: %s',
    message => {
      const status = {
        health: { status: 'Healthy' },
        sync: { status: 'OutOfSync' },
        operationState: { phase: 'Failed', message },
      };
      expect(mapped({ status }).health).toMatchObject({ state: 'Healthy' });
    },
  );

  it('say that a sync failed and is tried again', () => {
    const { resources, ...states } = mapped(retrying);
    expect(states).toMatchObject({
      sync: {
        state: 'OutOfSync',
        reason: {
          code: 'reconcileRetrying',
          params: {
            message: expect.stringMatching(/"nowhere" not found.*attempt #17/),
          },
        },
      },
      operation: { phase: 'Running', finishedAt: undefined },
    });
    expect(resources.map(({ name, status }) => [name, status])).toEqual([
      ['bad2', 'SyncFailed'],
      ['good2', 'Synced'],
    ]);
  });
});
