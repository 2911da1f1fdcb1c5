import type {
  EngineObject,
  Fields,
} from '@slipway/backstage-plugin-slipway-node';
import gitRepository from '../__fixtures__/gitRepository.json';
import kustomization from '../__fixtures__/kustomization.json';
import type { FoundSource } from './sources';
import {
  change,
  condition,
  failing,
  states,
  withReady,
} from './testUtils/change';
import { toEngineObject } from './toEngineObject';

const COMMIT = 'aa52f7a9d3357aec375e15bb976544cc3c53497b';
const NEXT = 'b'.repeat(40);

function read(
  changes: object = {},
  source: object | FoundSource['state'] = {},
): EngineObject {
  const found: FoundSource =
    typeof source === 'string'
      ? ({
          state: source,
          reason: { code: 'forbidden', params: {} },
        } as FoundSource)
      : { state: 'found', object: change<Fields>(gitRepository, source) };
  return toEngineObject(change(kustomization, changes), {
    kind: 'Kustomization',
    cluster: 'gd',
    find: () => found,
  })!;
}

describe('a Kustomization', () => {
  it('is told as the real controller wrote it', () => {
    expect(read()).toEqual({
      key: {
        engine: 'flux',
        cluster: 'gd',
        namespace: 'flux-system',
        name: 'web-dev',
        kind: 'Kustomization',
      },
      uid: '8345a463-c8f7-46dc-866e-363df88c636a',
      resourceVersion: '21949',
      sources: [
        {
          repoUrl: 'http://127.0.0.1:12480/ops.git',
          path: 'envs/dev/web',
          targetRevision: 'main',
          recurse: true,
          comparedRevision: COMMIT,
          appliedRevision: COMMIT,
        },
      ],
      destination: {
        inCluster: true,
        namespace: 'flux-dev',
        overridesNamespace: true,
      },
      health: { state: 'Healthy', since: '2026-11-21T08:13:05Z' },
      sync: { state: 'Synced' },
      operation: {
        phase: 'Succeeded',
        startedAt: '2026-11-21T08:13:05Z',
        finishedAt: '2026-11-21T08:13:05Z',
        revision: COMMIT,
        sources: [
          {
            repoUrl: 'http://127.0.0.1:12480/ops.git',
            path: 'envs/dev/web',
            targetRevision: 'main',
            revision: COMMIT,
          },
        ],
      },
      history: [
        {
          deployedAt: '2026-11-21T08:13:05Z',
          sources: [
            {
              repoUrl: 'http://127.0.0.1:12480/ops.git',
              path: 'envs/dev/web',
              targetRevision: 'main',
              revision: COMMIT,
            },
          ],
        },
      ],
      conditions: [],
      images: [],
      resources: [
        ['', 'ConfigMap', 'web-config'],
        ['', 'Service', 'web'],
        ['apps', 'Deployment', 'web'],
      ].map(([group, kind, name]) => ({
        group,
        version: 'v1',
        kind,
        namespace: 'flux-dev',
        name,
        status: 'Synced',
      })),
      prunes: true,
      reportedAt: '2026-11-21T08:13:05Z',
    });
  });

  const next = { status: { artifact: { revision: `main@sha1:${NEXT}` } } };
  const suspended = { spec: { suspend: true } };

  it.each<
    [string, object, object | FoundSource['state'], Array<string | undefined>]
  >([
    [
      'whose source moved on',
      {},
      next,
      ['Healthy', undefined, 'OutOfSync', undefined],
    ],
    [
      'that is not told to check health',
      { spec: { wait: false } },
      {},
      ['Healthy', 'healthNotChecked', 'Synced', undefined],
    ],
    [
      'that failed',
      withReady(failing),
      next,
      ['Degraded', 'engineMessage', 'OutOfSync', undefined],
    ],
    [
      'that stalled',
      withReady(failing, condition('True', 'Failed', 'no such CEL', 'Stalled')),
      {},
      ['Degraded', 'engineMessage', 'OutOfSync', undefined],
    ],
    [
      'that cannot be built',
      withReady(condition('False', 'BuildFailed', 'no such file')),
      {},
      ['Unknown', 'comparisonFailed', 'Unknown', 'comparisonFailed'],
    ],
    [
      'that waits for another',
      withReady(condition('False', 'DependencyNotReady', 'redis is not ready')),
      {},
      ['Progressing', 'dependencyNotReady', 'OutOfSync', 'dependencyNotReady'],
    ],
    [
      'that delivers something new',
      withReady(
        condition('Unknown', 'Progressing', 'Reconciliation in progress'),
      ),
      next,
      ['Progressing', 'engineMessage', 'OutOfSync', undefined],
    ],
    [
      'that looks again at what is there',
      withReady(
        condition('Unknown', 'Progressing', 'Reconciliation in progress'),
      ),
      {},
      ['Healthy', undefined, 'Synced', undefined],
    ],
    [
      'that tries again what failed',
      {
        status: {
          conditions: [condition('Unknown', 'Progressing', 'in progress')],
          history: [
            {
              digest: 'sha256:1',
              firstReconciled: '2026-11-21T08:30:00Z',
              lastReconciled: '2026-11-21T08:50:00Z',
              lastReconciledStatus: 'HealthCheckFailed',
              metadata: { revision: `main@sha1:${COMMIT}` },
            },
          ],
        },
      },
      {},
      ['Degraded', 'reconcileRetrying', 'OutOfSync', undefined],
    ],
    [
      'whose spec was changed and not looked at yet',
      { metadata: { generation: 2 } },
      {},
      ['Progressing', undefined, 'OutOfSync', undefined],
    ],
    [
      'that is suspended',
      suspended,
      {},
      ['Suspended', 'reconciliationSuspended', 'Synced', undefined],
    ],
    [
      // As the real controller leaves it: Ready is not written again.
      'that was suspended when it was looked at last',
      {
        ...suspended,
        metadata: { generation: 2 },
        status: { observedGeneration: 2 },
      },
      {},
      ['Suspended', 'reconciliationSuspended', 'Synced', undefined],
    ],
    [
      'whose source moved on while it is suspended',
      {
        ...suspended,
        metadata: { generation: 2 },
        status: { observedGeneration: 2 },
      },
      next,
      ['Suspended', 'reconciliationSuspended', 'OutOfSync', undefined],
    ],
    [
      'that is being deleted',
      { metadata: { deletionTimestamp: '2026-11-21T09:00:00Z' } },
      {},
      ['Progressing', 'engineObjectDeleting', 'Synced', undefined],
    ],
    [
      'that nobody looked at yet',
      { status: { conditions: undefined } },
      {},
      ['Unknown', 'notReported', 'Unknown', 'notReported'],
    ],
    [
      'that speaks another language',
      withReady(condition('Maybe', 'Perhaps', '')),
      {},
      ['Unknown', 'unknownValue', 'Unknown', 'unknownValue'],
    ],
    [
      'without its source',
      {},
      'missing',
      ['Unknown', 'sourceMissing', 'Unknown', 'sourceMissing'],
    ],
    [
      'whose source may not be read',
      {},
      'unreadable',
      ['Unknown', 'sourceUnreadable', 'Unknown', 'sourceUnreadable'],
    ],
    [
      'with a source of a kind of its own',
      {},
      'foreign',
      ['Unknown', 'sourceForeign', 'Unknown', 'sourceForeign'],
    ],
    [
      'that names no source',
      { spec: { sourceRef: undefined } },
      {},
      ['Unknown', 'sourceUnnamed', 'Unknown', 'sourceUnnamed'],
    ],
    [
      'whose source fails, though it is ready itself',
      {},
      withReady(condition('False', 'AuthenticationFailed', 'no such user')),
      ['Unknown', 'comparisonFailed', 'Unknown', 'comparisonFailed'],
    ],
    [
      'whose source cannot be fetched for now',
      {},
      withReady(
        condition('True', 'Succeeded', 'stored'),
        condition('True', 'GitOperationFailed', 'no route', 'FetchFailed'),
      ),
      ['Unknown', 'comparisonFailed', 'Unknown', 'comparisonFailed'],
    ],
    [
      'whose source is suspended',
      {},
      suspended,
      ['Healthy', undefined, 'Unknown', 'sourceSuspended'],
    ],
    [
      'whose source has nothing yet',
      {},
      { status: { artifact: undefined } },
      ['Healthy', undefined, 'Unknown', 'notCompared'],
    ],
  ])('%s', (_, changes, source, expected) => {
    expect(states(read(changes, source))).toEqual(expected);
  });

  it('runs nothing while it is suspended', () => {
    const { operation } = read({
      ...suspended,
      metadata: { generation: 2 },
      status: { observedGeneration: 2 },
    });
    expect(operation?.phase).toBe('Succeeded');
  });

  it('says of a file that cannot be read where it is in Git, each time the same', () => {
    // As the real controller wrote it.
    const { health } = read(
      withReady(
        condition(
          'False',
          'BuildFailed',
          'failed to decode Kubernetes YAML from /tmp/kustomization-4042884737/envs/dev/web/broken.yaml: MalformedYAMLError: yaml: line 3: did not find expected node content\n',
        ),
      ),
    );
    expect(health.reason?.params.message).toBe(
      'failed to decode Kubernetes YAML from envs/dev/web/broken.yaml: MalformedYAMLError: yaml: line 3: did not find expected node content',
    );
  });

  it('names what is wrong with it and with its source', () => {
    const { conditions } = read(
      withReady(
        failing,
        condition('False', 'Failed', 'web is not ready', 'Healthy'),
      ),
      withReady(condition('False', 'AuthenticationFailed', 'no such user')),
    );
    const since = '2026-11-21T09:00:00Z';
    expect(conditions).toEqual([
      { type: 'HealthCheckFailed', message: 'web is not ready', since },
      {
        type: 'GitRepository flux-system/ops: AuthenticationFailed',
        message: 'no such user',
        since,
      },
    ]);
  });

  it.each([
    [{}, 'main'],
    [{ tag: 'v1' }, 'v1'],
    [{ tag: 'v1', semver: '1.x' }, '1.x'],
    [{ name: 'refs/heads/release/1', semver: '1.x' }, 'release/1'],
    [{ name: 'refs/pull/7/head' }, 'refs/pull/7/head'],
    [{ commit: COMMIT, name: 'refs/heads/x' }, COMMIT],
    [undefined, 'master'],
  ])('follows what wins of %j on main', (ref, expected) => {
    const [source] = read({}, { spec: { ref } }).sources;
    expect(source.targetRevision).toBe(expected);
  });

  it.each([
    [undefined, ''],
    ['./', ''],
    ['/envs//dev/', 'envs/dev'],
    ['./envs/../apps', 'apps'],
    ['../../outside', 'outside'],
  ])('reads the path %j as Flux does', (path, expected) => {
    expect(read({ spec: { path } }).sources[0].path).toBe(expected);
  });

  it('reads components outside of its path, images and other clusters', () => {
    const object = read({
      spec: {
        components: ['../../base', './tls', 'https://x.example/remote'],
        images: [
          { name: 'web', newTag: '1.2' },
          { name: 'api', newName: 'r.example/api', digest: 'sha256:1' },
          { name: 'as-it-is' },
        ],
        kubeConfig: { secretRef: { name: 'xj' } },
      },
    });
    expect(object.sources[0].alsoReads).toEqual(['envs/base']);
    expect(object.images).toEqual(['web:1.2', 'r.example/api@sha256:1']);
    expect(object.destination).toEqual({
      name: 'xj',
      inCluster: false,
      namespace: 'flux-dev',
      overridesNamespace: true,
    });
  });

  it('runs what was asked for until it was handled', () => {
    const at = '2026-11-21T09:00:00.000Z';
    const annotations = (by: string) => ({
      metadata: {
        annotations: {
          'reconcile.fluxcd.io/requestedAt': at,
          'slipway.dev/requested-by': by,
        },
      },
    });
    expect(read(annotations(`${at} ann`)).operation).toEqual({
      phase: 'Running',
      initiatedBy: 'ann',
    });
    // Somebody else asked later, with another tool.
    expect(
      read(annotations('2026 ann')).operation?.initiatedBy,
    ).toBeUndefined();
    const handled = {
      ...annotations(''),
      status: { lastHandledReconcileAt: at },
    };
    expect(read(handled).operation?.phase).toBe('Succeeded');
  });

  it('tells a delivery once, however often it is looked at, and again when a content comes back', () => {
    const entry = (digest: string, first: string, last: string, ok = true) => ({
      digest,
      firstReconciled: `2026-11-21T${first}:00Z`,
      lastReconciled: `2026-11-21T${last}:00Z`,
      lastReconciledStatus: ok ? 'ReconciliationSucceeded' : 'PruneFailed',
      metadata: { revision: `main@sha1:${COMMIT}` },
    });
    const startedAt = (...history: object[]) =>
      read({ status: { history } }).operation?.startedAt;
    expect(startedAt(entry('a', '08:00', '08:10'))).toBe(
      '2026-11-21T08:00:00Z',
    );
    expect(startedAt(entry('a', '08:00', '08:20'))).toBe(
      '2026-11-21T08:00:00Z',
    );
    expect(
      startedAt(entry('b', '08:30', '08:40'), entry('a', '08:00', '08:20')),
    ).toBe('2026-11-21T08:30:00Z');
    const back = [entry('a', '08:00', '09:00'), entry('b', '08:30', '08:40')];
    expect(startedAt(...back)).toBe('2026-11-21T08:40:00.001Z');
    // It failed until then: since when it is good is not kept.
    expect(read({ status: { history: back } }).health).toEqual({
      state: 'Healthy',
    });
    expect(
      startedAt(
        entry('a', '08:00', '09:00'),
        entry('a', '08:30', '08:50', false),
      ),
    ).toBe('2026-11-21T08:00:00Z');
    expect(
      read({ status: { history: [entry('a', '08:00', '08:10', false)] } })
        .operation,
    ).toMatchObject({ phase: 'Failed', revision: COMMIT });
  });
});
