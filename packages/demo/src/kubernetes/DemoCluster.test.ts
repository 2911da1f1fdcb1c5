import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AppsV1Api,
  CustomObjectsApi,
  KubeConfig,
  Watch,
} from '@kubernetes/client-node';
import { DemoCluster, type DemoClusterOptions } from './DemoCluster';
import type { ClusterFault } from './http/faults';
import { HEALTH_ANNOTATION } from './workloads/workloadStatus';

const PATH = '/apis/argoproj.io/v1alpha1/namespaces/default/applications';
const applications = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  resource: 'applications',
  namespace: 'default',
};
const deployments = {
  group: 'apps',
  version: 'v1',
  resource: 'deployments',
  namespace: 'default',
};

async function until<T>(probe: () => T | undefined | false): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const result = probe();
    if (result) {
      return result;
    }
    if (Date.now() > deadline) {
      throw new Error(`Waited too long for ${probe}`);
    }
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? '';
}

/** A request with a path exactly as written, which `fetch` would normalise. */
function rawStatus(url: string, path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    httpRequest({ hostname, port, path, agent: false }, response => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

interface SeenEvent {
  type: string;
  name?: string;
  code?: number;
  resourceVersion?: string;
}

function clientFor(cluster: DemoCluster, token = 'unused') {
  const config = new KubeConfig();
  config.loadFromClusterAndUser(
    { name: cluster.name, server: cluster.url, skipTLSVerify: true },
    { name: 'demo', token },
  );
  const watch = async (query: Record<string, string | number | boolean>) => {
    const seen: SeenEvent[] = [];
    const state = { done: false, error: undefined as unknown };
    const controller = await new Watch(config).watch(
      PATH,
      query,
      (type, object) => {
        const { name, resourceVersion } = object.metadata;
        seen.push({ type, name, resourceVersion, code: object.code });
      },
      error => {
        state.done = true;
        state.error = error;
      },
    );
    return { seen, state, close: () => controller.abort() };
  };
  return {
    apps: config.makeApiClient(AppsV1Api),
    objects: config.makeApiClient(CustomObjectsApi),
    watch,
  };
}

describe('DemoCluster', () => {
  const running: DemoCluster[] = [];
  async function start(options: Partial<DemoClusterOptions> = {}) {
    const cluster = await DemoCluster.create({
      name: '广东',
      workloadDelay: 30,
      bookmarkInterval: 50,
      ...options,
    });
    running.push(cluster);
    return cluster;
  }
  afterEach(async () => {
    await Promise.all(running.splice(0).map(cluster => cluster.stop()));
  });

  it('lists and watches with bookmarks for @kubernetes/client-node, and heals after a 410', async () => {
    const cluster = await start();
    const { objects, watch } = clientFor(cluster);
    const { namespace, ...plural } = applications;
    const ref = {
      group: plural.group,
      version: plural.version,
      plural: plural.resource,
      namespace,
    };
    for (const name of ['a', 'b', 'c']) {
      await objects.createNamespacedCustomObject({
        ...ref,
        body: { metadata: { name }, spec: {} },
      });
    }
    const page = await objects.listNamespacedCustomObject({ ...ref, limit: 2 });
    expect(
      page.items.map(
        (item: { metadata: { name: string } }) => item.metadata.name,
      ),
    ).toEqual(['a', 'b']);
    const rest = await objects.listNamespacedCustomObject({
      ...ref,
      limit: 2,
      _continue: page.metadata._continue ?? page.metadata.continue,
    });
    expect(rest.items).toHaveLength(1);
    expect(rest.kind).toBe('ApplicationList');

    const open = await watch({
      resourceVersion: rest.metadata.resourceVersion,
      allowWatchBookmarks: true,
    });
    cluster.store.patch(
      { ...applications, name: 'b' },
      { status: { x: 1 } },
      'merge',
    );
    await objects.deleteNamespacedCustomObject({ ...ref, name: 'c' });
    await until(() => open.seen.find(({ type }) => type === 'BOOKMARK'));
    expect(open.seen.slice(0, 2)).toMatchObject([
      { type: 'MODIFIED', name: 'b' },
      { type: 'DELETED', name: 'c' },
    ]);
    const bookmark = await until(() =>
      open.seen.find(
        ({ type, resourceVersion }) =>
          type === 'BOOKMARK' &&
          resourceVersion === cluster.store.resourceVersion,
      ),
    );

    await cluster.setFault({ type: 'expire' });
    await until(() => open.state.done);
    expect(open.seen.at(-1)).toMatchObject({ type: 'ERROR', code: 410 });
    const late = await watch({ resourceVersion: bookmark.resourceVersion! });
    await until(() => late.state.done);
    expect(late.seen).toMatchObject([{ type: 'ERROR', code: 410 }]);

    const again = await objects.listNamespacedCustomObject(ref);
    const healed = await watch({
      resourceVersion: again.metadata.resourceVersion,
    });
    cluster.store.create(applications, { metadata: { name: 'd' } });
    await until(() => healed.seen.length);
    expect(healed.seen).toMatchObject([{ type: 'ADDED', name: 'd' }]);
    healed.close();

    const brief = await watch({
      timeoutSeconds: 1,
      allowWatchBookmarks: true,
      sendInitialEvents: true,
      resourceVersionMatch: 'NotOlderThan',
    });
    await until(() => brief.state.done);
    expect(brief.seen.slice(0, 4).map(({ type }) => type)).toEqual([
      'ADDED',
      'ADDED',
      'ADDED',
      'BOOKMARK',
    ]);
    expect(brief.seen.at(-1)).toMatchObject({ type: 'BOOKMARK' });
  });

  it.each<[ClusterFault, object]>([
    [{ type: 'offline' }, { open: 'ended', refused: true }],
    [
      { type: 'status', code: 401 },
      { open: 'ended', code: 401, reason: 'Unauthorized' },
    ],
    [
      { type: 'status', code: 403 },
      { open: 'ended', code: 403, reason: 'Forbidden' },
    ],
    [
      { type: 'status', code: 500 },
      { open: 'ended', code: 500, reason: 'InternalError' },
    ],
    [
      { type: 'status', code: 410 },
      { open: 'ended', event: 410, code: 410, reason: 'Expired' },
    ],
    [
      { type: 'html' },
      { open: 'ended', code: 200, contentType: 'text/html; charset=utf-8' },
    ],
    [{ type: 'hang' }, { open: 'silent', silent: true }],
    [
      { type: 'slow', milliseconds: 100 },
      { open: 'live', code: 200, slow: true },
    ],
  ])('misbehaves: %j', async (fault, expected) => {
    const cluster = await start();
    const { url } = cluster;
    const { watch } = clientFor(cluster);
    const open = await watch({ allowWatchBookmarks: true });
    await cluster.setFault(fault);

    const started = Date.now();
    const answer = await fetch(url + PATH, {
      signal: AbortSignal.timeout(300),
    }).then(
      async response => {
        const body = await response.text();
        const contentType = response.headers.get('content-type');
        const { reason } =
          contentType === 'application/json'
            ? JSON.parse(body)
            : { reason: undefined };
        return {
          code: response.status,
          reason,
          contentType,
          slow: Date.now() - started >= 95,
        };
      },
      error =>
        error.name === 'TimeoutError' ? { silent: true } : { refused: true },
    );
    cluster.store.create(applications, { metadata: { name: 'meanwhile' } });
    await new Promise(resolve => setTimeout(resolve, 30));
    const sawIt = open.seen.some(({ name }) => name === 'meanwhile');
    const alive = sawIt ? 'live' : 'silent';
    expect({
      ...answer,
      open: open.state.done ? 'ended' : alive,
      event: open.seen.find(({ type }) => type === 'ERROR')?.code,
    }).toMatchObject(expected);

    await cluster.setFault(undefined);
    const response = await fetch(url + PATH);
    expect((await response.json()).items).toHaveLength(1);
    if (fault.type !== 'slow') {
      await until(() => open.state.done);
    }
    open.close();
  });

  it('refuses what is not well-formed, and who is not signed in', async () => {
    const cluster = await start({ token: 'secret' });
    const headers = {
      authorization: 'Bearer secret',
      'content-type': 'application/json',
    };
    const call = async (path: string, init: RequestInit = {}) => {
      const response = await fetch(cluster.url + path, {
        ...init,
        headers: { ...headers, ...init.headers },
      });
      const { kind, status, code, reason } = await response.json();
      return kind === 'Status'
        ? `${response.status === code && status} ${code} ${reason}`
        : response.status;
    };
    const post = (body: string, type = 'application/json') =>
      call(PATH, { method: 'POST', body, headers: { 'content-type': type } });
    const patch = (body: string, type: string) =>
      call(`${PATH}/x`, {
        method: 'PATCH',
        body,
        headers: { 'content-type': type },
      });

    expect(
      await call(PATH, { headers: { authorization: 'Bearer wrong' } }),
    ).toBe('Failure 401 Unauthorized');
    expect(await call(PATH)).toBe(200);
    expect(await call(`${PATH}/none`)).toBe('Failure 404 NotFound');
    expect(await call('/apis/argoproj.io/v1/applications')).toBe(
      'Failure 404 NotFound',
    );
    expect(await call('/openapi/v2')).toBe('Failure 404 NotFound');
    expect(await call('/apis/argoproj.io/v1alpha1/applications/x')).toBe(
      'Failure 404 NotFound',
    );
    expect(await call(`${PATH}/a%2Fb`)).toBe('Failure 400 BadRequest');
    expect(await call(`${PATH}/%zz`)).toBe('Failure 400 BadRequest');
    expect(await call(`${PATH}?limit=x`)).toBe('Failure 400 BadRequest');
    expect(await call(`${PATH}?watch=1&resourceVersion=x`)).toBe(
      'Failure 400 BadRequest',
    );
    expect(await call(`${PATH}?watch=1&sendInitialEvents=true`)).toBe(
      'Failure 422 Invalid',
    );
    expect(await call(`${PATH}?resourceVersionMatch=Exact`)).toBe(
      'Failure 422 Invalid',
    );
    expect(
      await call(PATH, {
        headers: { accept: 'application/vnd.kubernetes.protobuf' },
      }),
    ).toBe('Failure 406 NotAcceptable');
    expect(await call(PATH, { method: 'PUT', body: '{}' })).toBe(
      'Failure 405 MethodNotAllowed',
    );
    expect(await post('{"metadata"')).toBe('Failure 400 BadRequest');
    expect(await post('[]')).toBe('Failure 400 BadRequest');
    expect(await post('')).toBe('Failure 400 BadRequest');
    expect(await post('{"metadata": "x"}')).toBe('Failure 400 BadRequest');
    expect(await post('x', 'application/vnd.kubernetes.protobuf')).toBe(
      'Failure 415 UnsupportedMediaType',
    );
    expect(await post(JSON.stringify({ pad: 'x'.repeat(4_000_000) }))).toBe(
      'Failure 413 RequestEntityTooLarge',
    );
    expect(await post('metadata: {name: x}', 'application/yaml')).toBe(201);
    expect(await patch('{}', 'text/plain')).toBe(
      'Failure 415 UnsupportedMediaType',
    );
    expect(await patch('3', 'application/merge-patch+json')).toBe(
      'Failure 400 BadRequest',
    );
    expect(
      await patch(
        '[{"op":"test","path":"/kind","value":"x"}]',
        'application/json-patch+json',
      ),
    ).toBe('Failure 422 Invalid');

    const open = await start();
    for (const path of [
      '/api/v1/namespaces/../secrets',
      '/api/v1/namespaces/%2e%2e/secrets',
      '/api/v1//secrets',
      '/api/v1/namespaces/a%00',
    ]) {
      expect(await rawStatus(open.url, path)).toBe(400);
    }
    expect(await rawStatus(open.url, '/readyz')).toBe(200);
  });

  it('answers tables and metadata only to those who ask', async () => {
    const cluster = await start();
    cluster.store.create(applications, {
      metadata: { name: 'app' },
      status: { sync: { status: 'Synced' } },
    });
    const get = async (accept: string, query = '') => {
      const response = await fetch(`${cluster.url}${PATH}${query}`, {
        headers: { accept },
      });
      return response.json();
    };
    const asTable =
      'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
    expect(await get(asTable)).toMatchObject({
      kind: 'Table',
      columnDefinitions: [
        { name: 'Name', format: 'name' },
        { name: 'Sync Status' },
        { name: 'Health Status' },
        { name: 'Revision', priority: 10 },
        { name: 'Project' },
        { name: 'Age' },
      ],
      rows: [
        {
          cells: ['app', 'Synced', '', '', '', expect.stringMatching(/^\d+s$/)],
          object: { kind: 'PartialObjectMetadata' },
        },
      ],
    });
    const withObject = await get(asTable, '/app?includeObject=Object');
    expect(withObject.rows[0].object.kind).toBe('Application');
    const partial = await get(
      'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
    );
    expect(partial.items[0].status).toBeUndefined();
    expect(
      (
        await get(
          'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json',
        )
      ).kind,
    ).toBe('ApplicationList');
  });

  it('rolls workloads out as they are told', async () => {
    const cluster = await start();
    const { store } = cluster;
    const { apps } = clientFor(cluster);
    const create = (name: string, health?: string) =>
      store.create(deployments, {
        metadata: {
          name,
          annotations: health ? { [HEALTH_ANNOTATION]: health } : {},
        },
        spec: { replicas: 3 },
      });
    const statusOf = (name: string) =>
      store.get({ ...deployments, name }).status;
    const created = create('web');
    create('broken', 'degraded');
    create('endless', 'progressing');
    expect(Number(store.resourceVersion)).toBeGreaterThan(
      Number(created.metadata.resourceVersion),
    );

    await until(
      () =>
        (statusOf('web') as { readyReplicas?: number })?.readyReplicas === 3,
    );
    const { status } = await apps.readNamespacedDeployment({
      namespace: 'default',
      name: 'web',
    });
    expect(status).toMatchObject({
      observedGeneration: 1,
      availableReplicas: 3,
      conditions: [
        { type: 'Available', status: 'True' },
        { type: 'Progressing', reason: 'NewReplicaSetAvailable' },
      ],
    });
    await until(() =>
      text(statusOf('broken')).includes('ProgressDeadlineExceeded'),
    );
    expect(statusOf('broken')).toMatchObject({
      unavailableReplicas: 3,
      conditions: [{ status: 'False' }, { status: 'False' }],
    });
    expect(statusOf('endless')).toMatchObject({
      conditions: [{}, { reason: 'ReplicaSetUpdated' }],
    });

    store.patch(
      { ...deployments, name: 'broken' },
      { metadata: { annotations: null } },
      'merge',
    );
    await until(() =>
      text(statusOf('broken')).includes('NewReplicaSetAvailable'),
    );

    const jobs = {
      group: 'batch',
      version: 'v1',
      resource: 'jobs',
      namespace: 'default',
    };
    const sets = { ...deployments, resource: 'statefulsets' };
    const daemons = { ...deployments, resource: 'daemonsets' };
    store.create(jobs, { metadata: { name: 'once' }, spec: {} });
    store.create(sets, { metadata: { name: 'kafka' }, spec: { replicas: 2 } });
    store.create(daemons, { metadata: { name: 'agent' }, spec: {} });
    await until(() =>
      text(store.get({ ...daemons, name: 'agent' }).status).includes(
        '"numberReady":1',
      ),
    );
    expect(store.get({ ...jobs, name: 'once' }).status).toMatchObject({
      succeeded: 1,
      conditions: [{}, { type: 'Complete', status: 'True' }],
    });
    expect(store.get({ ...sets, name: 'kafka' }).status).toMatchObject({
      readyReplicas: 2,
      currentRevision: 'kafka-1',
      updateRevision: 'kafka-1',
    });

    const quiet = store.resourceVersion;
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(store.resourceVersion).toBe(quiet);
  });

  it('keeps its objects in a file, and the port for its life', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'slipway-cluster-'));
    try {
      const dataFile = join(directory, 'clusters', 'gd.json');
      const first = await start({ dataFile });
      first.store.create(applications, {
        metadata: { name: 'kept' },
        spec: { project: 'default' },
      });
      const before = first.store.resourceVersion;
      await first.stop();
      await first.stop();
      expect(JSON.parse(await readFile(dataFile, 'utf8')).resourceVersion).toBe(
        Number(before),
      );

      const second = await start({ dataFile });
      expect(second.store.get({ ...applications, name: 'kept' }).spec).toEqual({
        project: 'default',
      });
      expect(Number(second.store.resourceVersion)).toBeGreaterThan(
        Number(before),
      );
      const { url } = second;
      await second.setFault({ type: 'offline' });
      await second.setFault(undefined);
      expect(second.url).toBe(url);
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      await second.stop();

      await writeFile(dataFile, '{"half":');
      await expect(start({ dataFile })).rejects.toThrow(
        `${dataFile} does not hold the objects of a demo cluster`,
      );
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
