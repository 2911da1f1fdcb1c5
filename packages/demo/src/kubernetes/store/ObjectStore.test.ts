import { ApiError } from './ApiError';
import { ObjectStore } from './ObjectStore';
import type { ObjectInput, PatchType, StoreEvent } from './types';
import { argoCdDefinitions } from '../argoCdDefinitions';
import { CRD_COLLECTION, NAMESPACE_COLLECTION } from './builtinTypes';

const applications = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  resource: 'applications',
  namespace: 'argocd',
};
const configMaps = {
  group: '',
  version: 'v1',
  resource: 'configmaps',
  namespace: 'argocd',
};
const deployments = {
  group: 'apps',
  version: 'v1',
  resource: 'deployments',
  namespace: 'argocd',
};

function createStore(eventLogSize?: number): ObjectStore {
  const store = ObjectStore.create({ eventLogSize });
  store.create(NAMESPACE_COLLECTION, { metadata: { name: 'argocd' } });
  argoCdDefinitions.forEach(crd => store.create(CRD_COLLECTION, crd));
  return store;
}

function statusOf(action: () => unknown) {
  try {
    action();
  } catch (error) {
    if (error instanceof ApiError) {
      return error.status;
    }
    throw error;
  }
  throw new Error('Expected an ApiError');
}

function named(name: string, more: object = {}): ObjectInput {
  return { metadata: { name }, ...more };
}

/** A watch that writes down what it sees as `TYPE name`. */
function record(
  store: ObjectStore,
  ref: Parameters<ObjectStore['watch']>[0],
  options = {},
) {
  const seen: string[] = [];
  const watch = store.watch(ref, options, (event: StoreEvent) => {
    seen.push(
      event.type === 'ERROR'
        ? `ERROR ${event.object.code}`
        : `${event.type} ${event.object.metadata.name}`,
    );
  });
  return { seen, watch };
}

describe('ObjectStore', () => {
  it('gives objects identity, and one growing version to the whole cluster', () => {
    const store = createStore();
    const first = store.create(configMaps, named('a', { data: { k: 'v' } }));
    const second = store.create(
      applications,
      named('b', { spec: {}, status: {} }),
    );

    expect(first).toMatchObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      data: { k: 'v' },
    });
    expect(first.metadata.generation).toBeUndefined();
    expect(second.metadata.generation).toBe(1);
    expect(first.metadata.creationTimestamp).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
    );
    expect(first.metadata.uid).not.toBe(second.metadata.uid);
    expect(Number(second.metadata.resourceVersion)).toBeGreaterThan(
      Number(first.metadata.resourceVersion),
    );
    expect(store.resourceVersion).toBe(second.metadata.resourceVersion);
    expect(
      store.create(configMaps, { metadata: { generateName: 'x-' } }).metadata
        .name,
    ).toMatch(/^x-[0-9a-f]{5}$/);
    // What is handed out is what is kept, so nobody can change it behind the store's back.
    expect(() => {
      first.data = {};
    }).toThrow(TypeError);
  });

  it('counts generations as the real server does', () => {
    const store = createStore();
    const app = { ...applications, name: 'app' };
    store.create(applications, named('app', { spec: { a: 1 } }));
    // No status subresource: a status is content, and a new generation.
    expect(store.patch(app, { status: { ok: true } }, 'merge')).toMatchObject({
      metadata: { generation: 2 },
      status: { ok: true },
    });
    const labelled = store.patch(
      app,
      { metadata: { labels: { a: 'b' } } },
      'merge',
    );
    expect(labelled.metadata.generation).toBe(2);
    // Nothing changes, so nothing is written.
    expect(store.patch(app, { spec: { a: 1 } }, 'merge')).toEqual(labelled);
    expect(
      statusOf(() => store.update(app, labelled, { subresource: 'status' }))
        .code,
    ).toBe(404);

    const deployment = { ...deployments, name: 'web' };
    const created = store.create(
      deployments,
      named('web', { spec: { replicas: 2 }, status: { replicas: 9 } }),
    );
    expect(created.status).toBeUndefined();
    const status = store.update(
      deployment,
      { ...created, spec: {}, status: { replicas: 2 } },
      { subresource: 'status' },
    );
    expect(status).toMatchObject({
      metadata: { generation: 1 },
      spec: { replicas: 2 },
      status: { replicas: 2 },
    });
    const { resourceVersion, ...metadata } = status.metadata;
    expect(
      store.update(deployment, {
        ...status,
        metadata,
        spec: { replicas: 3 },
        status: {},
      }),
    ).toMatchObject({
      metadata: { generation: 2 },
      spec: { replicas: 3 },
      status: { replicas: 2 },
    });
  });

  it.each<[string, PatchType, unknown, unknown]>([
    [
      'JSON patch',
      'json',
      [{ op: 'replace', path: '/data/a', value: '9' }],
      { a: '9', b: '2' },
    ],
    ['merge patch', 'merge', { data: { a: null, c: '3' } }, { b: '2', c: '3' }],
    ['strategic patch', 'strategic', { data: { a: null } }, { b: '2' }],
    ['apply', 'apply', { data: { a: '7' } }, { a: '7', b: '2' }],
    [
      'merge patch with __proto__',
      'merge',
      JSON.parse('{"data":{"__proto__":"x","a":null,"b":null}}'),
      JSON.parse('{"__proto__":"x"}'),
    ],
  ])('patches: %s', (_, type, patch, expected) => {
    const store = createStore();
    store.create(configMaps, named('a', { data: { a: '1', b: '2' } }));
    const { data } = store.patch({ ...configMaps, name: 'a' }, patch, type);
    expect(JSON.stringify(data)).toBe(JSON.stringify(expected));
  });

  it('merges lists by their key, as kubectl expects of strategic patches', () => {
    const store = createStore();
    const containers = [
      {
        name: 'a',
        image: 'a:1',
        env: [
          { name: 'X', value: '1' },
          { name: 'Y', value: '2' },
        ],
      },
      { name: 'b', image: 'b:1', args: ['1', '2'] },
    ];
    store.create(
      deployments,
      named('web', { spec: { template: { spec: { containers } } } }),
    );
    const patch = {
      metadata: { finalizers: ['demo/x'] },
      spec: {
        strategy: { $retainKeys: ['type'], type: 'Recreate' },
        template: {
          spec: {
            '$setElementOrder/containers': [
              { name: 'c' },
              { name: 'b' },
              { name: 'a' },
            ],
            containers: [
              { name: 'a', env: [{ name: 'X', $patch: 'delete' }] },
              { name: 'b', args: ['3'] },
              { name: 'c', image: 'c:1' },
            ],
          },
        },
      },
    };
    expect(
      store.patch({ ...deployments, name: 'web' }, patch, 'strategic'),
    ).toMatchObject({
      metadata: { finalizers: ['demo/x'] },
      spec: {
        replicas: 1,
        strategy: { type: 'Recreate' },
        template: {
          spec: {
            containers: [
              { name: 'c', image: 'c:1' },
              { name: 'b', image: 'b:1', args: ['3'] },
              { name: 'a', image: 'a:1', env: [{ name: 'Y', value: '2' }] },
            ],
          },
        },
      },
    });
  });

  it('answers what is wrong in the shape of Kubernetes', () => {
    const store = createStore();
    const app = { ...applications, name: 'app' };
    const created = store.create(
      applications,
      named('app', { spec: { a: [1] } }),
    );
    const stale = {
      ...created,
      metadata: { ...created.metadata, resourceVersion: '1' },
    };
    store.patch(app, { spec: { b: 1 } }, 'merge');

    const cases: [() => unknown, object][] = [
      [
        () => store.get({ ...applications, name: 'none' }),
        {
          kind: 'Status',
          apiVersion: 'v1',
          status: 'Failure',
          reason: 'NotFound',
          code: 404,
          message: 'applications.argoproj.io "none" not found',
          details: { name: 'none', group: 'argoproj.io', kind: 'applications' },
        },
      ],
      [
        () => store.create(applications, named('app')),
        {
          code: 409,
          reason: 'AlreadyExists',
          message: 'applications.argoproj.io "app" already exists',
        },
      ],
      [
        () => store.update(app, stale),
        {
          code: 409,
          reason: 'Conflict',
          message: expect.stringContaining('the object has been modified'),
        },
      ],
      [
        () => store.patch(app, { metadata: { resourceVersion: '1' } }, 'merge'),
        { code: 409, reason: 'Conflict' },
      ],
      [
        () => store.delete(app, { preconditions: { uid: 'other' } }),
        { code: 409, reason: 'Conflict' },
      ],
      [
        () => store.create(applications, named('Not_Valid')),
        {
          code: 422,
          reason: 'Invalid',
          details: {
            kind: 'Application',
            causes: [{ field: 'metadata.name' }],
          },
        },
      ],
      [
        () => store.create(applications, {}),
        { code: 422, details: { causes: [{ reason: 'FieldValueRequired' }] } },
      ],
      [
        () =>
          store.create(applications, {
            metadata: { name: 'x', labels: { a: 1 } as never },
          }),
        { code: 422 },
      ],
      [
        () =>
          store.create(applications, {
            metadata: { name: 'x', finalizers: 'x' as never },
          }),
        { code: 422 },
      ],
      [
        () => store.create(applications, { kind: 'Secret', ...named('x') }),
        { code: 400 },
      ],
      [
        () =>
          store.create(applications, {
            metadata: { name: 'x', namespace: 'y' },
          }),
        { code: 400 },
      ],
      [() => store.update(app, named('other')), { code: 400 }],
      [
        () =>
          store.create({ ...applications, namespace: 'nowhere' }, named('x')),
        { code: 404, message: 'namespaces "nowhere" not found' },
      ],
      [
        () => store.list({ ...applications, resource: 'nothings' }),
        {
          code: 404,
          message: 'the server could not find the requested resource',
        },
      ],
      [
        () => store.refTo({ apiVersion: 'a.io/v1', kind: 'B' }),
        { code: 404, message: 'no matches for kind "B" in version "a.io/v1"' },
      ],
      [
        () =>
          store.patch(app, [{ op: 'test', path: '/spec/b', value: 2 }], 'json'),
        { code: 422 },
      ],
      [
        () => store.patch(app, [{ op: 'remove', path: '/spec/zzz' }], 'json'),
        { code: 422 },
      ],
      [() => store.patch(app, { op: 'add' }, 'json'), { code: 400 }],
      [
        () => store.patch(app, {}, 'strategic'),
        { code: 415, reason: 'UnsupportedMediaType' },
      ],
      [
        () => store.list(applications, { labelSelector: 'a in b' }),
        { code: 400 },
      ],
      [
        () => store.list(applications, { fieldSelector: 'spec.project=x' }),
        {
          code: 400,
          message: expect.stringContaining('field label not supported'),
        },
      ],
      [() => store.list(applications, { continue: 'x' }), { code: 400 }],
      [
        () => store.list(applications, { resourceVersion: '9999999' }),
        { code: 504, reason: 'Timeout' },
      ],
      [
        () => store.watch(applications, { since: 'x' }, () => {}),
        { code: 400 },
      ],
    ];
    for (const [action, expected] of cases) {
      expect(statusOf(action)).toMatchObject(expected);
    }
    expect(store.get(app)).toMatchObject({
      spec: { a: [1], b: 1 },
      metadata: { generation: 2 },
    });
  });

  it.each([
    ['labelSelector', 'stage=prod', ['b', 'c']],
    ['labelSelector', 'stage!=prod', ['a', 'd']],
    ['labelSelector', 'stage in (dev, test),team', ['a']],
    ['labelSelector', 'stage notin (dev,prod)', ['d']],
    ['labelSelector', '!stage', ['d']],
    ['fieldSelector', 'metadata.name=b', ['b']],
    [
      'fieldSelector',
      'metadata.name!=b,metadata.namespace=argocd',
      ['a', 'c', 'd'],
    ],
    ['fieldSelector', 'metadata.namespace=elsewhere', []],
  ])('selects by %s %s', (kind, selector, expected) => {
    const store = createStore();
    const labels: Record<string, Record<string, string>> = {
      d: {},
      b: { stage: 'prod' },
      a: { stage: 'dev', team: 'x' },
      c: { stage: 'prod', team: 'x' },
    };
    for (const name of Object.keys(labels)) {
      store.create(configMaps, { metadata: { name, labels: labels[name] } });
    }
    const { namespace, ...everywhere } = configMaps;
    const { items } = store.list(everywhere, { [kind]: selector });
    expect(items.map(({ metadata }) => metadata.name)).toEqual(expected);
  });

  it('pages through one moment, until that is too long ago', () => {
    const store = createStore(20);
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      store.create(configMaps, named(name));
    }
    const first = store.list(configMaps, { limit: 2 });
    expect(first).toMatchObject({
      remainingItemCount: 3,
      resourceVersion: store.resourceVersion,
    });
    store.delete({ ...configMaps, name: 'd' });
    store.create(configMaps, named('bb'));
    store.patch({ ...configMaps, name: 'e' }, { data: { x: 'new' } }, 'merge');
    const second = store.list(configMaps, {
      limit: 9,
      continue: first.continue,
    });
    expect(second.items.map(({ metadata }) => metadata.name)).toEqual([
      'c',
      'd',
      'e',
    ]);
    expect(second.items[2].data).toBeUndefined();
    expect(second.resourceVersion).toBe(first.resourceVersion);
    expect(second.continue).toBeUndefined();
    expect(
      store.list(configMaps, {
        resourceVersion: first.resourceVersion,
        resourceVersionMatch: 'Exact',
      }).items,
    ).toHaveLength(5);

    for (let round = 0; round < 25; round += 1) {
      store.patch(
        { ...configMaps, name: 'a' },
        { data: { round: `${round}` } },
        'merge',
      );
    }
    expect(
      statusOf(() => store.list(configMaps, { continue: first.continue })),
    ).toMatchObject({
      code: 410,
      reason: 'Expired',
      message: expect.stringContaining('continue parameter is too old'),
    });
  });

  it('watches in order through selectors, and even while listeners write', () => {
    const store = createStore();
    const since = store.create(configMaps, named('before')).metadata
      .resourceVersion;
    store.create(configMaps, named('a'));

    const writer = store.watch(configMaps, { since }, event => {
      if (event.type === 'ADDED' && event.object.metadata.name === 'b') {
        store.create(configMaps, named('from-listener'));
      }
    });
    const replayed = record(store, configMaps, { since });
    const everything = record(store, configMaps);
    const labelled = record(store, configMaps, { labelSelector: 'x=1' });
    const elsewhere = record(store, { ...configMaps, namespace: 'other' });

    store.create(configMaps, named('b'));
    store.patch(
      { ...configMaps, name: 'b' },
      { metadata: { labels: { x: '1' } } },
      'merge',
    );
    store.patch({ ...configMaps, name: 'b' }, { data: { y: '1' } }, 'merge');
    store.patch(
      { ...configMaps, name: 'b' },
      { metadata: { labels: null } },
      'merge',
    );
    store.delete({ ...configMaps, name: 'b' });
    replayed.watch.close();
    store.create(configMaps, named('after'));

    expect(replayed.seen).toEqual([
      'ADDED a',
      'ADDED b',
      'ADDED from-listener',
      'MODIFIED b',
      'MODIFIED b',
      'MODIFIED b',
      'DELETED b',
    ]);
    expect(everything.seen).toEqual([
      'ADDED a',
      'ADDED before',
      ...replayed.seen.slice(1),
      'ADDED after',
    ]);
    expect(labelled.seen).toEqual(['ADDED b', 'MODIFIED b', 'DELETED b']);
    expect(elsewhere.seen).toEqual([]);
    writer.close();
  });

  it('ends watches with 410 when the log no longer reaches back', () => {
    const store = createStore(3);
    const { metadata } = store.create(configMaps, named('a'));
    const open = record(store, configMaps, { since: store.resourceVersion });
    for (let round = 0; round < 5; round += 1) {
      store.patch(
        { ...configMaps, name: 'a' },
        { data: { round: `${round}` } },
        'merge',
      );
    }
    expect(
      record(store, configMaps, { since: metadata.resourceVersion }).seen,
    ).toEqual(['ERROR 410']);
    expect(open.seen).toHaveLength(5);

    const known = store.resourceVersion;
    store.expire();
    store.create(configMaps, named('b'));
    expect(open.seen.slice(5)).toEqual(['ERROR 410']);
    expect(record(store, configMaps, { since: known }).seen).toEqual([
      'ERROR 410',
    ]);
    const { resourceVersion } = store.list(configMaps);
    expect(record(store, configMaps, { since: resourceVersion }).seen).toEqual(
      [],
    );
  });

  it('keeps what has finalizers, and deletes what is owned or inside', () => {
    const store = createStore();
    const owner = store.create(applications, {
      metadata: { name: 'owner', finalizers: ['demo/keep'] },
    });
    const { uid, name } = owner.metadata;
    const ownerReferences = [
      { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name, uid },
    ];
    store.create(configMaps, { metadata: { name: 'owned', ownerReferences } });
    store.create(configMaps, named('free'));
    const { seen } = record(store, { ...configMaps, namespace: undefined });

    const ref = { ...applications, name };
    expect(store.delete(ref).deleted).toBe(false);
    expect(store.get(ref).metadata.deletionTimestamp).toBeDefined();
    expect(store.find({ ...configMaps, name: 'owned' })).toBeDefined();
    store.patch(ref, { metadata: { finalizers: null } }, 'merge');
    expect(store.find(ref)).toBeUndefined();
    expect(store.find({ ...configMaps, name: 'owned' })).toBeUndefined();

    store.create(applications, {
      metadata: { name: 'late', finalizers: ['demo/keep'] },
    });
    const namespace = { ...NAMESPACE_COLLECTION, name: 'argocd' };
    expect(store.delete(namespace)).toMatchObject({
      deleted: false,
      object: { status: { phase: 'Terminating' } },
    });
    expect(statusOf(() => store.create(configMaps, named('new'))).code).toBe(
      403,
    );
    store.patch(
      { ...applications, name: 'late' },
      [{ op: 'remove', path: '/metadata/finalizers' }],
      'json',
    );
    expect(store.find(namespace)).toBeUndefined();
    expect(seen).toEqual([
      'ADDED free',
      'ADDED owned',
      'DELETED owned',
      'DELETED free',
    ]);
  });

  it('orphans on request, and deletes selected collections', () => {
    const store = createStore();
    const { metadata } = store.create(applications, named('owner'));
    const { uid, name } = metadata;
    const ownerReferences = [
      { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name, uid },
    ];
    store.create(configMaps, {
      metadata: { name: 'owned', ownerReferences, labels: { x: '1' } },
    });
    store.create(configMaps, named('other'));
    store.delete({ ...applications, name }, { propagationPolicy: 'Orphan' });
    expect(
      store.get({ ...configMaps, name: 'owned' }).metadata.ownerReferences,
    ).toBeUndefined();
    expect(
      store.deleteCollection(configMaps, {
        labelSelector: 'x=1',
        dryRun: true,
      }),
    ).toHaveLength(1);
    expect(
      store.deleteCollection(configMaps, { labelSelector: 'x=1' }),
    ).toHaveLength(1);
    expect(
      store.list(configMaps).items.map(item => item.metadata.name),
    ).toEqual(['other']);
  });

  it('serves a kind as long as its definition is there', () => {
    const store = createStore();
    const widgets = { group: 'demo.io', version: 'v2', resource: 'widgets' };
    const version = (name: string) => ({
      name,
      served: true,
      storage: name === 'v2',
      subresources: { status: {} },
    });
    const definition = store.create(CRD_COLLECTION, {
      metadata: { name: 'widgets.demo.io' },
      spec: {
        group: 'demo.io',
        scope: 'Cluster',
        names: { kind: 'Widget', plural: 'widgets' },
        versions: [version('v1'), version('v2')],
      },
    });
    expect(definition.status).toMatchObject({
      conditions: [{}, { type: 'Established' }],
      storedVersions: ['v2'],
    });
    store.create(
      widgets,
      named('w', { status: { ignored: true }, spec: { size: 1 } }),
    );
    expect(store.get({ ...widgets, version: 'v1', name: 'w' })).toMatchObject({
      apiVersion: 'demo.io/v1',
      kind: 'Widget',
      spec: { size: 1 },
    });
    const { seen } = record(store, widgets);
    store.delete({ ...CRD_COLLECTION, name: 'widgets.demo.io' });
    expect(seen).toEqual(['ADDED w', 'DELETED w']);
    expect(statusOf(() => store.list(widgets)).code).toBe(404);
  });

  it('goes on from a snapshot with higher versions', () => {
    const store = createStore();
    const app = store.create(
      applications,
      named('app', { spec: { project: 'default' } }),
    );
    const snapshot = JSON.parse(JSON.stringify(store.snapshot()));
    const next = ObjectStore.create({ snapshot });
    expect(next.get({ ...applications, name: 'app' })).toEqual(app);
    expect(Number(next.resourceVersion)).toBeGreaterThan(
      Number(store.resourceVersion),
    );
    expect(
      record(next, applications, { since: store.resourceVersion }).seen,
    ).toEqual(['ERROR 410']);
  });

  it('writes nothing on a dry run, and stores what is meant for writing only elsewhere', () => {
    const store = createStore();
    const secrets = { ...configMaps, resource: 'secrets' };
    const version = store.resourceVersion;
    expect(
      store.create(secrets, named('s'), { dryRun: true }).metadata.uid,
    ).toBeDefined();
    expect(store.resourceVersion).toBe(version);
    const secret = store.patch(
      { ...secrets, name: 's' },
      { stringData: { token: 'demo' } },
      'apply',
    );
    expect(secret).toMatchObject({
      type: 'Opaque',
      data: { token: 'ZGVtbw==' },
      metadata: { name: 's' },
    });
    expect(secret.stringData).toBeUndefined();
    store.delete({ ...secrets, name: 's' }, { dryRun: true });
    expect(store.find({ ...secrets, name: 's' })).toBeDefined();
  });
});
