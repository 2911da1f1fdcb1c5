import type { EngineObject } from '@slipway/backstage-plugin-slipway-node';
import recorded from '../__fixtures__/application.json';
import brokenSource from '../__fixtures__/brokenSource.json';
import lostDestination from '../__fixtures__/lostDestination.json';
import retrying from '../__fixtures__/retrying.json';
import { toEngineObject } from './toEngineObject';

const REPO = 'https://git.example/ops/shop.git';
const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const C = 'c'.repeat(40);

function map(application: {
  spec?: unknown;
  status?: unknown;
  operation?: unknown;
}): EngineObject {
  const metadata = { name: 'cart', namespace: 'argocd', resourceVersion: '5' };
  const mapped = toEngineObject(
    { metadata, ...application },
    { cluster: 'centre' },
  );
  expect(mapped).toBeDefined();
  return mapped!;
}

const defined = (value: unknown) => JSON.parse(JSON.stringify(value));

describe('toEngineObject', () => {
  it('maps what Argo CD 3 wrote', () => {
    const commit = '2da283b5caa82f13a0c7c7d84fe1df4b8f20f3c9';

    const mapped = toEngineObject(recorded, {
      cluster: 'centre',
      url: 'https://argocd.example',
    });

    expect(defined({ ...mapped, resources: undefined })).toEqual({
      key: {
        engine: 'argocd',
        cluster: 'centre',
        namespace: 'argocd',
        name: 'api-dev',
      },
      uid: '5b23258c-5bd8-4135-8d08-48b321a17364',
      resourceVersion: '820',
      controllerNamespace: 'argocd',
      sources: [
        {
          repoUrl: 'http://127.0.0.1:12480/ops.git',
          path: 'envs/dev/api',
          targetRevision: 'main',
          recurse: false,
          comparedRevision: commit,
          appliedRevision: commit,
        },
      ],
      destination: {
        server: 'https://kubernetes.default.svc',
        inCluster: true,
        namespace: 'dev',
      },
      health: { state: 'Healthy', since: '2026-11-21T08:03:41Z' },
      sync: { state: 'Synced' },
      operation: {
        phase: 'Succeeded',
        revision: '2da283b5caa82f13a0c7c7d84fe1df4b8f20f3c9',
        startedAt: '2026-11-21T08:03:36Z',
        finishedAt: '2026-11-21T08:03:44Z',
        message: 'successfully synced (no more tasks)',
        sources: [
          {
            repoUrl: 'http://127.0.0.1:12480/ops.git',
            path: 'envs/dev/api',
            targetRevision: 'main',
            revision: commit,
          },
        ],
      },
      history: [
        {
          startedAt: '2026-11-21T08:03:36Z',
          deployedAt: '2026-11-21T08:03:44Z',
          sources: [
            {
              repoUrl: 'http://127.0.0.1:12480/ops.git',
              path: 'envs/dev/api',
              targetRevision: 'main',
              revision: commit,
            },
          ],
        },
      ],
      conditions: [],
      images: ['registry.example/api:1.0.0', 'registry.example/job:1'],
      reportedAt: '2026-11-21T08:03:44Z',
      url: 'https://argocd.example/applications/argocd/api-dev',
    });
    const table = mapped?.resources.map(row =>
      [
        row.kind,
        row.namespace,
        row.name,
        row.status,
        row.hookType,
        row.hookPhase,
        row.syncPhase,
      ].join(' '),
    );
    expect(table).toEqual([
      'Namespace  dev Synced   PreSync',
      'Job dev api-presync Synced PreSync Succeeded PreSync',
      'ConfigMap dev api-config Synced  Succeeded Sync',
      'Service dev api Synced  Succeeded Sync',
      'Deployment dev api Synced  Succeeded Sync',
      'Job dev api-postsync Synced PostSync Succeeded PostSync',
    ]);
  });

  it('believes nothing good of a source that cannot be rendered', () => {
    expect(brokenSource.status.health.status).toBe('Healthy');

    const mapped = toEngineObject(brokenSource, { cluster: 'centre' });

    const reason = {
      code: 'comparisonFailed',
      params: { message: expect.stringContaining('Failed to unmarshal') },
    };
    expect(defined(mapped)).toMatchObject({
      health: { state: 'Unknown', reason },
      sync: { state: 'Unknown', reason },
      resources: [
        { kind: 'Namespace', status: 'Synced' },
        { kind: 'ConfigMap', status: 'Unknown' },
      ],
    });
    // Argo CD names the branch as the revision, and marks all resources to be pruned.
    expect(mapped?.sources).toEqual([
      expect.objectContaining({
        comparedRevision: undefined,
        appliedRevision: brokenSource.status.history[0].revision,
      }),
    ]);
    expect(mapped?.resources[1].requiresPruning).toBeUndefined();
  });

  it('believes nothing good of a cluster that does not answer Argo CD', () => {
    const { status } = lostDestination;
    expect(status.health.status).toBe('Healthy');
    const mapped = (change: object) =>
      map({ ...lostDestination, status: { ...status, ...change } });
    const ended = (phase: string) => ({ ...status.operationState, phase });

    const reason = {
      code: 'destinationUnreachable',
      params: { message: expect.stringContaining('connection refused') },
    };
    expect(mapped({})).toMatchObject({
      health: { state: 'Unknown', since: '2026-11-22T03:01:43Z', reason },
      sync: { state: 'OutOfSync', reason },
      operation: { phase: 'Running' },
    });
    expect(
      mapped({
        health: { status: 'Degraded' },
        sync: { ...status.sync, status: 'Synced' },
      }),
    ).toMatchObject({
      health: { state: 'Degraded', reason },
      sync: { state: 'Unknown', reason },
    });
    expect(mapped({ operationState: ended('Failed') })).toMatchObject({
      health: { state: 'Unknown', reason },
    });
    expect(
      mapped({
        operationState: ended('Failed'),
        sync: { ...status.sync, status: 'Synced' },
      }),
    ).toMatchObject({
      health: { state: 'Healthy' },
      sync: { state: 'Synced' },
    });
    expect(mapped({ operationState: ended('Succeeded') })).toMatchObject({
      health: { state: 'Healthy' },
      sync: { state: 'OutOfSync' },
    });
  });

  it.each([
    'failed calling webhook "a.example": failed to call webhook: Post "https://a.svc:443/apis/a?timeout=10s": dial tcp: refused',
    'failed to list refs: Get "https://git.example/a.git/info/refs?service=git-upload-pack": dial tcp: refused',
    'deployments.apps "web" is forbidden',
  ])('knows what is no loss of the cluster: %s', message => {
    const status = {
      health: { status: 'Healthy' },
      sync: { status: 'OutOfSync' },
      operationState: { phase: 'Failed', message },
    };
    expect(map({ status }).health).toMatchObject({ state: 'Healthy' });
  });

  it('says that a sync failed and is tried again', () => {
    const mapped = toEngineObject(retrying, { cluster: 'centre' });

    expect(mapped).toMatchObject({
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
    expect(mapped?.resources.map(({ name, status }) => [name, status])).toEqual(
      [
        ['bad2', 'SyncFailed'],
        ['good2', 'Synced'],
      ],
    );
  });

  it.each<[string, unknown, Partial<EngineObject>]>([
    [
      'no status at all',
      undefined,
      {
        health: {
          state: 'Unknown',
          reason: { code: 'notReported', params: {} },
        },
        sync: { state: 'Unknown', reason: { code: 'notReported', params: {} } },
        resources: [],
        images: [],
        conditions: [],
      },
    ],
    [
      'words of a later version',
      { health: { status: 'Splendid' }, sync: { status: 'Almost' } },
      {
        health: {
          state: 'Unknown',
          reason: { code: 'unknownValue', params: { value: 'Splendid' } },
        },
        sync: {
          state: 'Unknown',
          reason: { code: 'unknownValue', params: { value: 'Almost' } },
        },
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
          state: 'Unknown',
          since: '2026-02-02T00:00:00Z',
          reason: {
            code: 'comparisonFailed',
            params: { message: 'kustomize build failed' },
          },
        },
        sync: {
          state: 'Unknown',
          reason: {
            code: 'comparisonFailed',
            params: { message: 'kustomize build failed' },
          },
        },
      },
    ],
    [
      'not compared, and no word why',
      { health: { status: 'Missing' }, sync: { status: 'Unknown' } },
      {
        health: { state: 'Missing' },
        sync: { state: 'Unknown', reason: { code: 'notCompared', params: {} } },
      },
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
      {
        health: {
          state: 'Unknown',
          reason: {
            code: 'comparisonFailed',
            params: { message: 'exceeds the size limit' },
          },
        },
        sync: {
          state: 'Unknown',
          reason: {
            code: 'comparisonFailed',
            params: { message: 'exceeds the size limit' },
          },
        },
      },
    ],
    [
      'a comparison that was not in full',
      {
        health: { status: 'Healthy' },
        sync: { status: 'Synced' },
        conditions: [{ type: 'ComparisonError', message: 'not signed' }],
      },
      {
        health: {
          state: 'Unknown',
          reason: {
            code: 'comparisonFailed',
            params: { message: 'not signed' },
          },
        },
        sync: {
          state: 'Unknown',
          reason: {
            code: 'comparisonFailed',
            params: { message: 'not signed' },
          },
        },
      },
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
          state: 'OutOfSync',
          reason: {
            code: 'comparisonFailed',
            params: { message: 'Namespace for a is missing.' },
          },
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
        sync: {
          state: 'Unknown',
          reason: {
            code: 'hydrationFailed',
            params: { message: 'no write access' },
          },
        },
        conditions: [{ type: 'HydrationFailed', message: 'no write access' }],
      },
    ],
  ])('states: %s', (_, status, expected) => {
    expect(defined(map({ status }))).toMatchObject(expected);
  });

  it.each<[string, object, EngineObject['operation']]>([
    ['none', {}, undefined],
    ['asked for', { operation: { sync: {} } }, { phase: 'Running' }],
    [
      'asked for again',
      { operation: {}, status: { operationState: { phase: 'Failed' } } },
      { phase: 'Running' },
    ],
    [
      'being ended',
      {
        operation: {},
        status: { operationState: { phase: 'Terminating', startedAt: 't' } },
      },
      { phase: 'Terminating', startedAt: 't' },
    ],
    [
      'tried again',
      {
        status: {
          operationState: { phase: 'Running', startedAt: 't', finishedAt: 'u' },
        },
      },
      { phase: 'Running', startedAt: 't' },
    ],
    [
      'failed',
      { status: { operationState: { phase: 'Error', message: 'boom' } } },
      { phase: 'Error', message: 'boom' },
    ],
    [
      'failed by hooks, whose rows alone say why',
      {
        status: {
          operationState: {
            phase: 'Failed',
            message: 'unsuccessful',
            syncResult: {
              resources: [
                {
                  kind: 'Job',
                  name: 'a',
                  hookType: 'PreSync',
                  hookPhase: 'Succeeded',
                },
                {
                  kind: 'Job',
                  name: 'b',
                  hookType: 'PostSync',
                  hookPhase: 'Failed',
                  message: 'too long',
                },
                {
                  kind: 'Job',
                  name: 'c',
                  hookType: 'SyncFail',
                  hookPhase: 'Error',
                },
                {
                  kind: 'ConfigMap',
                  name: 'd',
                  hookPhase: 'Failed',
                  message: 'said',
                },
              ],
            },
          },
        },
      },
      {
        phase: 'Failed',
        message: 'unsuccessful · PostSync Job/b: too long · SyncFail Job/c',
      },
    ],
    [
      'by a person',
      {
        status: {
          operationState: {
            phase: 'Running',
            operation: { initiatedBy: { username: 'ann' } },
            syncResult: { revision: 'abc' },
          },
        },
      },
      { phase: 'Running', revision: 'abc', initiatedBy: 'ann' },
    ],
    ['foreign', { status: { operationState: { phase: 'Odd' } } }, undefined],
  ])('operation: %s', (_, application, expected) => {
    expect(map(application).operation).toEqual(expected);
  });

  it('says which hook failed wherever it says that the sync did', () => {
    const { conditions, operation } = map({
      status: {
        conditions: [
          { type: 'SyncError', message: 'Failed last sync attempt: no' },
          { type: 'SyncError', message: 'other' },
        ],
        operationState: {
          phase: 'Failed',
          message: 'no',
          syncResult: {
            resources: [
              { kind: 'Job', name: 'b', hookType: 'Sync', hookPhase: 'Failed' },
            ],
          },
        },
      },
    });
    expect(operation?.message).toBe('no · Sync Job/b');
    expect(conditions.map(({ message }) => message)).toEqual([
      'Failed last sync attempt: no · Sync Job/b',
      'other',
    ]);
  });

  it.each([
    [{ server: 'https://kubernetes.default.svc/' }, true],
    [{ name: 'in-cluster' }, true],
    [{ server: 'https://gd.example:6443', namespace: 'shop' }, false],
    [{ name: 'gd' }, false],
    [{}, false],
  ])('destination: %j is in its own cluster: %s', (destination, inCluster) => {
    const mapped = map({ spec: { destination } });
    expect(defined(mapped.destination)).toEqual({ ...destination, inCluster });
  });

  it.each<[string, object, object[]]>([
    ['none', {}, []],
    ['no repository', { source: { path: 'x' } }, []],
    [
      'the root, recursively, with globs',
      {
        source: {
          repoURL: REPO,
          path: '.',
          directory: { recurse: true, include: '*.yaml', exclude: 'x/*' },
        },
      },
      [
        {
          repoUrl: REPO,
          path: '',
          recurse: true,
          include: '*.yaml',
          exclude: 'x/*',
        },
      ],
    ],
    [
      'an untidy path',
      { source: { repoURL: REPO, path: './/dev/../qa/cart/' } },
      [{ repoUrl: REPO, path: 'qa/cart', recurse: false }],
    ],
    [
      'a path out of the repository',
      { source: { repoURL: REPO, path: '../other' } },
      [{ repoUrl: REPO, recurse: false }],
    ],
    [
      'a chart',
      {
        source: {
          repoURL: 'https://charts.example',
          chart: 'redis',
          path: 'x',
        },
      },
      [{ repoUrl: 'https://charts.example', chart: 'redis', recurse: false }],
    ],
    [
      'an overlay with components elsewhere',
      {
        source: {
          repoURL: REPO,
          path: 'overlays/dev',
          kustomize: { components: ['../../components/tls', 'own'] },
        },
      },
      [
        {
          repoUrl: REPO,
          path: 'overlays/dev',
          recurse: true,
          rendered: true,
          alsoReads: ['components/tls'],
        },
      ],
    ],
    [
      'a chart with values from another source and sources win over source',
      {
        source: { repoURL: 'https://old.example', path: 'old' },
        sources: [
          {
            repoURL: 'https://charts.example',
            chart: 'redis',
            helm: {
              valueFiles: [
                '$values/redis/common.yaml',
                '$values/redis/env-*/v.yaml',
                '$values/../../etc/passwd',
                '$other/x.yaml',
                'own.yaml',
                'https://x.example/v.yaml',
              ],
              fileParameters: [{ name: 'a', path: '$values/files/a.txt' }],
            },
          },
          { repoURL: REPO, targetRevision: 'main', ref: 'values' },
          {
            repoURL: REPO,
            path: 'cart',
            ref: 'also',
            helm: {
              valueFiles: [
                '/shared/a.yaml',
                '../b.yaml',
                'c.yaml',
                '/v/$ENV.yaml',
              ],
            },
          },
        ],
      },
      [
        {
          repoUrl: 'https://charts.example',
          chart: 'redis',
          recurse: true,
          rendered: true,
        },
        {
          repoUrl: REPO,
          targetRevision: 'main',
          recurse: false,
          refOnly: true,
          alsoReads: ['redis/common.yaml', 'redis', 'files/a.txt'],
        },
        {
          repoUrl: REPO,
          path: 'cart',
          recurse: true,
          rendered: true,
          alsoReads: ['shared/a.yaml', 'b.yaml', 'v'],
        },
      ],
    ],
    [
      'a source hydrator',
      {
        sourceHydrator: {
          drySource: { repoURL: REPO, path: 'cart', targetRevision: 'main' },
          syncSource: { targetBranch: 'env/dev', path: 'cart' },
        },
      },
      [{ repoUrl: REPO, path: 'cart', targetRevision: 'main', recurse: false }],
    ],
  ])('sources: %s', (_, spec, expected) => {
    expect(defined(map({ spec }).sources)).toEqual(expected);
  });

  it('reads the whole folder of what it was rendered as', () => {
    const spec = { source: { repoURL: REPO, path: 'cart' } };
    const recurse = (sourceType: string) =>
      map({ spec, status: { sourceType } }).sources[0].recurse;
    expect(['Directory', 'Kustomize', 'Helm', 'Plugin'].map(recurse)).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  const source = { repoURL: REPO, path: 'cart' };
  const moved = { repoURL: REPO, path: 'basket' };
  const chart = { repoURL: 'https://charts.example', chart: 'redis' };
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
  ])('revisions: %s', (_, spec, status, expected) => {
    const { sources } = map({ spec, status });
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
  ])('hydrated revisions: %s', (_, status, expected, more = {}) => {
    const syncSource = { targetBranch: 'env/dev', path: 'cart' };
    const { sources } = map({
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

  it('keeps free text readable', () => {
    const { conditions } = map({
      status: {
        conditions: [{ type: 'SyncError', message: 'x'.repeat(100_000) }],
      },
    });
    expect(conditions[0].message).toHaveLength(4_001);
  });

  it('survives garbage in any place, and gives up only without a name, namespace or version', () => {
    const garbage = [null, 7, true, 'x', [], [null], {}, { a: { b: 1 } }];
    const cases = pathsOf(recorded).flatMap(path =>
      garbage.map(value => ({
        path: path.join('.'),
        mapped: toEngineObject(replaced(recorded, path, value), {
          cluster: 'centre',
        }),
      })),
    );

    expect(cases.length).toBeGreaterThan(1_500);
    const lost = cases.filter(({ mapped }) => !mapped).map(({ path }) => path);
    expect([...new Set(lost)]).toEqual([
      'metadata',
      'metadata.name',
      'metadata.namespace',
      'metadata.resourceVersion',
    ]);
    for (const { mapped } of cases.filter(one => one.mapped)) {
      expect(defined(mapped)).toMatchObject({
        health: { state: expect.any(String) },
        sync: { state: expect.any(String) },
      });
    }
    for (const value of garbage) {
      expect(toEngineObject(value, { cluster: 'centre' })).toBeUndefined();
    }
  });
});

function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, child]) => [
    [key],
    ...pathsOf(child).map(path => [key, ...path]),
  ]);
}

function replaced(root: unknown, path: string[], value: unknown): unknown {
  const copy = structuredClone(root) as Record<string, never>;
  let parent = copy;
  for (const key of path.slice(0, -1)) {
    parent = parent[key];
  }
  parent[path[path.length - 1]] = value as never;
  return copy;
}
