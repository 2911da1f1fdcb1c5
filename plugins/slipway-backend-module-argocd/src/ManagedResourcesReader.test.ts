import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '@backstage/types';
import { ManagedResourcesReader } from './ManagedResourcesReader';

const key = {
  engine: 'argocd',
  cluster: 'gd',
  namespace: 'team-a',
  name: 'cart',
};

const object = (name: string, more: object = {}) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'shop' },
    ...more,
  });

const hook = (annotations: object) =>
  JSON.stringify({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'migrate', namespace: 'shop', annotations },
  });

describe('ManagedResourcesReader', () => {
  const asked: string[] = [];
  let manifestsStatus = 200;
  const answers: { [what: string]: object } = {
    'managed-resources': {
      items: [
        {
          kind: 'ConfigMap',
          namespace: 'shop',
          name: 'settings',
          liveState: object('settings', { data: { a: '1', b: '2' } }),
          targetState: object('settings', { data: { a: '2' } }),
          normalizedLiveState: object('settings', { data: { a: '1' } }),
          predictedLiveState: object('settings', { data: { a: '2' } }),
          modified: true,
        },
        {
          kind: 'ConfigMap',
          namespace: 'shop',
          name: 'new',
          liveState: 'null',
          targetState: object('new'),
          normalizedLiveState: 'null',
          predictedLiveState: object('new'),
          modified: true,
        },
        {
          kind: 'ConfigMap',
          namespace: 'shop',
          name: 'gone',
          liveState: object('gone'),
          targetState: 'null',
          normalizedLiveState: object('gone'),
          predictedLiveState: object('gone'),
        },
        { kind: 'Job', name: 'migrate', hook: true, liveState: object('x') },
        { kind: 'Odd' },
      ],
    },
    manifests: {
      manifests: [
        object('settings'),
        hook({ 'argocd.argoproj.io/hook': 'PreSync' }),
        hook({ 'argocd.argoproj.io/hook': 'Skip' }),
        'no JSON',
      ],
    },
  };
  const server = http.createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization}`);
    const what = /cart\/([a-z-]+)\?/.exec(request.url ?? '')?.[1] ?? '';
    response.writeHead(what === 'manifests' ? manifestsStatus : 200, {
      'content-type': 'application/json',
    });
    response.end(JSON.stringify(answers[what]));
  });
  let api: JsonObject;

  beforeAll(async () => {
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    api = { url: `http://127.0.0.1:${port}`, token: 'reader' };
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  const cluster = (argocd: JsonObject) => ({
    name: 'gd',
    engines: ['argocd'],
    aliases: [],
    auth: { type: 'none' as const },
    engineSettings: { argocd },
  });

  it('reads what Argo CD compared, and which hooks a sync would run', async () => {
    const reader = ManagedResourcesReader.create();
    const read = () => reader.read({ cluster: cluster({ api }), key });
    const [told, again] = await Promise.all([read(), read()]);
    expect(again).toBe(told);
    const at = { group: '', kind: 'ConfigMap', namespace: 'shop' };
    expect(told).toMatchObject({
      resources: [
        {
          ...at,
          name: 'settings',
          live: { data: { a: '1' } },
          predicted: { data: { a: '2' } },
          modified: true,
        },
        { ...at, name: 'new', live: undefined, predicted: {}, modified: true },
        { ...at, name: 'gone', live: {}, predicted: undefined },
      ],
      hooks: [
        {
          group: 'batch',
          kind: 'Job',
          namespace: 'shop',
          name: 'migrate',
          hookType: 'PreSync',
        },
      ],
    });
    expect(asked.sort()).toEqual([
      '/api/v1/applications/cart/managed-resources?appNamespace=team-a Bearer reader',
      '/api/v1/applications/cart/manifests?appNamespace=team-a Bearer reader',
    ]);
  });

  it('says nothing of hooks where manifests cannot be generated, and of nothing where no API is configured', async () => {
    manifestsStatus = 500;
    const told = await ManagedResourcesReader.create().read({
      cluster: cluster({ api }),
      key,
    });
    expect(told?.resources).toHaveLength(3);
    expect(told?.hooks).toBeUndefined();
    expect(
      await ManagedResourcesReader.create().read({ cluster: cluster({}), key }),
    ).toBeUndefined();
  });
});
