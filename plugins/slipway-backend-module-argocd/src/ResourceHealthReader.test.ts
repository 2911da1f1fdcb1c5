import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '@backstage/types';
import { ResourceHealthReader } from './ResourceHealthReader';

const key = {
  engine: 'argocd',
  cluster: 'gd',
  namespace: 'team-a',
  name: 'cart',
};

describe('ResourceHealthReader', () => {
  const asked: string[] = [];
  let status = 200;
  const server = http.createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization}`);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        status: {
          resources: [
            { kind: 'ConfigMap', namespace: 'shop', name: 'settings' },
            {
              group: 'apps',
              kind: 'Deployment',
              namespace: 'shop',
              name: 'cart',
              health: { status: 'Degraded', message: 'too late' },
            },
            { kind: 'Pod', name: 'cart', health: { status: 'Splendid' } },
          ],
        },
      }),
    );
  });
  let api: JsonObject;

  beforeAll(async () => {
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    api = { url: `http://127.0.0.1:${port}`, token: 'reader' };
  });

  beforeEach(() => {
    asked.length = 0;
    status = 200;
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

  it('reads what Argo CD knows, once for all who ask within some seconds', async () => {
    let now = 0;
    const reader = ResourceHealthReader.create({ now: () => now });
    const read = () => reader.read({ cluster: cluster({ api }), key });

    const [first, second] = await Promise.all([read(), read()]);
    expect(first).toEqual([
      {
        group: 'apps',
        kind: 'Deployment',
        namespace: 'shop',
        name: 'cart',
        health: 'Degraded',
      },
    ]);
    expect(second).toEqual(first);
    now = 4_999;
    await read();
    expect(asked).toEqual([
      '/api/v1/applications/cart?appNamespace=team-a Bearer reader',
    ]);
    now = 5_000;
    await read();
    expect(asked).toHaveLength(2);
  });

  it('asks nobody where none is configured', async () => {
    const reader = ResourceHealthReader.create();
    expect(await reader.read({ cluster: cluster({}), key })).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('rejects when Argo CD refuses', async () => {
    status = 403;
    const reader = ResourceHealthReader.create();
    await expect(
      reader.read({ cluster: cluster({ api }), key }),
    ).rejects.toThrow('forbidden');
  });

  it.each([
    [{ url: 'argocd.example' }, 'api.url in the argocd settings'],
    [{ url: 'https://argocd.example', token: 7 }, 'api.token in the argocd'],
  ])('refuses settings that cannot be used: %j', async (settings, problem) => {
    const reader = ResourceHealthReader.create();
    await expect(
      reader.read({ cluster: cluster({ api: settings }), key }),
    ).rejects.toThrow(problem);
  });
});
