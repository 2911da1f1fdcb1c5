import recorded from '../__fixtures__/application.json';
import { defined, mapped } from './__testUtils__/mapped';
import { toEngineObject } from './toEngineObject';

describe('toEngineObject', () => {
  it('maps what Argo CD 3 wrote', () => {
    const commit = '2da283b5caa82f13a0c7c7d84fe1df4b8f20f3c9';

    const object = toEngineObject(recorded, {
      cluster: 'centre',
      url: 'https://argocd.example',
    });

    expect(defined({ ...object, resources: undefined })).toEqual({
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
    const table = object?.resources.map(row =>
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

  it.each([
    [{ server: 'https://kubernetes.default.svc/' }, true],
    [{ name: 'in-cluster' }, true],
    [{ server: 'https://gd.example:6443', namespace: 'shop' }, false],
    [{ name: 'gd' }, false],
    [{}, false],
  ])('destination: %j is in its own cluster: %s', (destination, inCluster) => {
    const object = mapped({ spec: { destination } });
    expect(defined(object.destination)).toEqual({ ...destination, inCluster });
  });

  it('names what made it, the Applications of its own Argo CD with their namespace', () => {
    const id = 'root:argoproj.io/Application:argocd/cart';
    const annotations = { 'argocd.argoproj.io/tracking-id': id };
    const { madeBy } = mapped({
      metadata: { annotations },
      status: { controllerNamespace: 'argocd-two' },
    });
    expect(madeBy).toMatchObject({
      kind: 'Application',
      name: 'root',
      engineObject: { engine: 'argocd', namespace: 'argocd-two', name: 'root' },
    });
    expect(mapped({}).madeBy).toBeUndefined();
  });

  it('keeps free text readable', () => {
    const { conditions } = mapped({
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
        object: toEngineObject(replaced(recorded, path, value), {
          cluster: 'centre',
        }),
      })),
    );

    expect(cases.length).toBeGreaterThan(1_500);
    const lost = cases.filter(({ object }) => !object).map(({ path }) => path);
    expect([...new Set(lost)]).toEqual([
      'metadata',
      'metadata.name',
      'metadata.namespace',
      'metadata.resourceVersion',
    ]);
    for (const { object } of cases.filter(one => one.object)) {
      expect(defined(object)).toMatchObject({
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
