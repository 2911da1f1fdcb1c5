import { ResponseError } from '@backstage/errors';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SlipwayClient } from './SlipwayClient';
import type { SlipwayApi } from './types';

describe('SlipwayClient', () => {
  let server: Server;
  let client: SlipwayApi;
  let requests: IncomingMessage[] = [];
  let answer: { status: number; body: string; type: string };

  beforeAll(async () => {
    server = createServer((request, response) => {
      requests.push(request);
      response.writeHead(answer.status, { 'content-type': answer.type });
      response.end(answer.body);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    client = SlipwayClient.create({
      discoveryApi: {
        getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
      },
    });
  });

  beforeEach(() => {
    requests = [];
    answer = {
      status: 200,
      body: '{"items":[],"sequence":7}',
      type: 'application/json',
    };
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  const calls: Array<
    [request: string, call: (api: SlipwayApi) => Promise<unknown>]
  > = [
    ['GET /api/slipway/config-repos', api => api.listConfigRepos()],
    [
      'GET /api/slipway/config-repos?entityRef=component%3Adefault%2Fcart&cursor=a%2Bb%3D&limit=5',
      api =>
        api.listConfigRepos({
          entityRef: 'component:default/cart',
          cursor: 'a+b=',
          limit: 5,
        }),
    ],
    ['GET /api/slipway/config-repos/a%20b', api => api.getConfigRepo('a b')],
    [
      'POST /api/slipway/config-repos/shop/refresh',
      api => api.refreshConfigRepo('shop'),
    ],
    ['GET /api/slipway/environments', api => api.listEnvironments()],
    [
      'GET /api/slipway/environments?configRepo=shop&managed=false&search=%E5%B9%BF%20%26%20gd%3F&stage=qa&stage=live&cluster=gd&deployStatus=Failed&deployStatus=Unknown&sort=stage&order=asc',
      api =>
        api.listEnvironments({
          entityRef: undefined,
          configRepo: ['shop'],
          managed: false,
          search: '广 & gd?',
          stage: ['qa', 'live'],
          cluster: ['gd'],
          deployStatus: ['Failed', 'Unknown'],
          sort: 'stage',
          order: 'asc',
        }),
    ],
    [
      'GET /api/slipway/environments',
      api => api.listEnvironments({ stage: [] }),
    ],
    [
      'GET /api/slipway/environments/shop/a%2Fb%3F%23%25',
      api => api.getEnvironment({ configRepo: 'shop', environment: 'a/b?#%' }),
    ],
    [
      'GET /api/slipway/environments/shop/prod1/comparison?other=a%2Fb',
      api =>
        api.compareEnvironments({
          configRepo: 'shop',
          environment: 'prod1',
          other: 'a/b',
        }),
    ],
    [
      'GET /api/slipway/environments/shop/%E7%94%9F%E4%BA%A7/modules?limit=500',
      api =>
        api.listModules(
          { configRepo: 'shop', environment: '生产' },
          { limit: 500 },
        ),
    ],
    [
      'GET /api/slipway/environments/shop/prod1/modules/cart/live?cluster=gd',
      api =>
        api.getModuleLive(
          { configRepo: 'shop', environment: 'prod1', module: 'cart' },
          { cluster: 'gd' },
        ),
    ],
    [
      'GET /api/slipway/clusters?limit=1',
      api => api.listClusters({ limit: 1 }),
    ],
  ];
  it.each(calls)('sends %s and returns the body', async (request, call) => {
    await expect(call(client)).resolves.toEqual({ items: [], sequence: 7 });
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      request,
    ]);
    expect(requests[0].headers.authorization).toBeUndefined();
  });

  it('sends the token, and stops waiting when it is told to', async () => {
    await client.listClusters({}, { token: 'secret' });
    expect(requests[0].headers.authorization).toBe('Bearer secret');
    await expect(
      client.listClusters({}, { signal: AbortSignal.abort() }),
    ).rejects.toThrow('abort');
    expect(requests).toHaveLength(1);
  });

  it('throws what the backend says, and copes with what no backend says', async () => {
    answer.status = 404;
    answer.body = JSON.stringify({
      error: { name: 'NotFoundError', message: 'No environment shop/x' },
      request: { method: 'GET', url: '/environments/shop/x' },
      response: { statusCode: 404 },
    });
    const ref = { configRepo: 'shop', environment: 'x' };
    const error = await client.getEnvironment(ref).catch(caught => caught);
    expect(error).toBeInstanceOf(ResponseError);
    expect(error).toMatchObject({
      statusCode: 404,
      cause: { name: 'NotFoundError', message: 'No environment shop/x' },
    });

    answer = { status: 502, body: '<h1>Bad gateway</h1>', type: 'text/html' };
    await expect(client.listClusters()).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 502,
    });
  });

  it.each(['', '.', '..'])('asks for no environment %j', async environment => {
    const ref = { configRepo: 'shop', environment };
    await expect(client.getEnvironment(ref)).rejects.toThrow('names no');
    await expect(client.listModules(ref)).rejects.toThrow('names no');
    await expect(client.getConfigRepo(environment)).rejects.toThrow('names no');
    await expect(client.refreshConfigRepo(environment)).rejects.toThrow(
      'names no',
    );
    expect(requests).toEqual([]);
  });
});
