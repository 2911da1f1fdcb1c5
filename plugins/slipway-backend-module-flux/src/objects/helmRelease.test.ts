import type { EngineObject } from '@slipway/backstage-plugin-slipway-node';
import gitRepository from '../__fixtures__/gitRepository.json';
import {
  helmChart,
  helmRelease,
  helmRepository,
} from '../__fixtures__/helmRelease';
import {
  change,
  condition,
  failing,
  states,
  withReady,
} from './testUtils/change';
import { toEngineObject } from './toEngineObject';

const COMMIT = 'aa52f7a9d3357aec375e15bb976544cc3c53497b';

function readRelease(
  changes: object = {},
  sources: object[] = [helmChart, helmRepository],
): EngineObject {
  return toEngineObject(change(helmRelease, changes), {
    kind: 'HelmRelease',
    cluster: 'gd',
    find: ({ kind, namespace, name }) => {
      const object = (sources as Array<typeof helmChart>).find(
        one =>
          one.kind === kind &&
          one.metadata.namespace === namespace &&
          one.metadata.name === name,
      );
      return object ? { state: 'found', object } : { state: 'missing' };
    },
  })!;
}

describe('a HelmRelease', () => {
  it('is told with the chart and its repository', () => {
    const object = readRelease();
    expect(object).toMatchObject({
      key: { kind: 'HelmRelease', namespace: 'shop', name: 'redis' },
      sources: [
        {
          repoUrl: 'https://charts.example/stable',
          chart: 'redis',
          targetRevision: '1.2.x',
          comparedRevision: '1.2.3',
          appliedRevision: '1.2.3',
        },
      ],
      destination: { inCluster: true, namespace: 'shop' },
      health: { state: 'Healthy', since: '2026-11-21T08:20:00Z' },
      sync: { state: 'Synced' },
      operation: {
        phase: 'Succeeded',
        startedAt: '2026-11-21T08:20:00Z',
        revision: '1.2.3',
      },
      history: [
        {
          deployedAt: '2026-11-21T08:10:00Z',
          sources: [{ revision: '1.2.2' }],
        },
        {
          deployedAt: '2026-11-21T08:20:00Z',
          sources: [{ revision: '1.2.3' }],
        },
      ],
      resources: [
        { kind: 'StatefulSet', namespace: 'shop', name: 'redis' },
        { kind: 'ClusterRole', namespace: '', name: 'system:redis' },
      ],
    });
  });

  it.each<[string, object, object[] | undefined, Array<string | undefined>]>([
    [
      'whose chart moved on',
      {},
      [
        change(helmChart, { status: { artifact: { revision: '1.2.4' } } }),
        helmRepository,
      ],
      ['Healthy', undefined, 'OutOfSync', undefined],
    ],
    [
      'that is looked at again',
      {
        status: {
          conditions: [
            condition('Unknown', 'Progressing', 'in progress'),
            condition('True', 'UpgradeSucceeded', 'done', 'Released'),
          ],
        },
      },
      undefined,
      ['Healthy', undefined, 'Synced', undefined],
    ],
    [
      'that drifted',
      {
        status: {
          conditions: [
            condition('True', 'UpgradeSucceeded', 'done'),
            condition(
              'True',
              'DriftDetected',
              'StatefulSet/shop/redis',
              'Drifted',
            ),
          ],
        },
      },
      undefined,
      ['Healthy', undefined, 'OutOfSync', 'drifted'],
    ],
    [
      'whose upgrade failed',
      withReady(
        condition('False', 'UpgradeFailed', 'timed out'),
        condition('False', 'UpgradeFailed', 'timed out', 'Released'),
      ),
      undefined,
      ['Degraded', 'engineMessage', 'OutOfSync', undefined],
    ],
    [
      'without its chart',
      {},
      [helmRepository],
      ['Unknown', 'sourceMissing', 'Unknown', 'sourceMissing'],
    ],
    [
      'whose repository fails',
      {},
      [helmChart, change(helmRepository, withReady(failing))],
      ['Unknown', 'comparisonFailed', 'Unknown', 'comparisonFailed'],
    ],
    [
      'that names no chart',
      { spec: { chart: undefined }, status: { helmChart: undefined } },
      undefined,
      ['Unknown', 'sourceUnnamed', 'Unknown', 'sourceUnnamed'],
    ],
  ])('%s', (_, changes, sources, expected) => {
    expect(states(readRelease(changes, sources))).toEqual(expected);
  });

  it('follows a chart that is a folder of a repository by its commits', () => {
    const chart = (reconcileStrategy: string) =>
      change(helmChart, {
        spec: {
          chart: './charts/redis',
          sourceRef: { kind: 'GitRepository', name: 'ops' },
          valuesFiles: ['charts/redis/values.yaml', 'envs/dev/redis.yaml'],
          reconcileStrategy,
        },
        status: { observedSourceArtifactRevision: `main@sha1:${COMMIT}` },
      });
    const [source] = readRelease({}, [
      chart('Revision'),
      gitRepository,
    ]).sources;
    expect(source).toEqual({
      repoUrl: 'http://127.0.0.1:12480/ops.git',
      path: 'charts/redis',
      targetRevision: 'main',
      recurse: true,
      alsoReads: ['envs/dev/redis.yaml'],
      comparedRevision: COMMIT,
      appliedRevision: COMMIT,
    });
    // A commit that leaves the version as it is delivers nothing.
    const [versioned] = readRelease({}, [
      chart('ChartVersion'),
      gitRepository,
    ]).sources;
    expect(versioned.appliedRevision).toBeUndefined();
    expect(versioned.appliedUnknown?.code).toBe('chartCommitNotTold');
  });

  it('takes a chart from a registry', () => {
    const revision = '1.2.3@sha256:abc';
    const oci = {
      kind: 'OCIRepository',
      metadata: { namespace: 'shop', name: 'redis', resourceVersion: '1' },
      spec: { url: 'oci://r.example/charts/redis', ref: { semver: '1.x' } },
      status: {
        artifact: { revision },
        conditions: [condition('True', 'S', '')],
      },
    };
    const object = readRelease(
      {
        spec: {
          chart: undefined,
          chartRef: { kind: 'OCIRepository', name: 'redis' },
        },
        status: {
          lastAttemptedRevision: '1.2.3+abc',
          lastAttemptedRevisionDigest: 'sha256:abc',
        },
      },
      [oci],
    );
    expect(object.sync.state).toBe('Synced');
    expect(object.sources).toEqual([
      {
        repoUrl: 'oci://r.example/charts/redis',
        chart: 'redis',
        targetRevision: '1.x',
        recurse: false,
        comparedRevision: 'sha256:abc',
        appliedRevision: 'sha256:abc',
      },
    ]);
  });
});
