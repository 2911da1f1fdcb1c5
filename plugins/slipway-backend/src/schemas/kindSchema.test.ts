import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { slipwayPlugin } from '../plugin';
import { OpenApiServer } from './testUtils/OpenApiServer';

jest.setTimeout(300_000);

const gvk = { group: 'example.dev', version: 'v1', kind: 'Box' };
const schemas = {
  'dev.example.v1.Box': {
    type: 'object',
    description: 'Something to put things in.',
    properties: { lid: { $ref: '#/components/schemas/dev.example.v1.Lid' } },
    'x-kubernetes-group-version-kind': [gvk],
  },
  'dev.example.v1.Lid': { type: 'string', enum: ['Open', 'Closed'] },
  'dev.example.v1.Other': { type: 'object' },
};

describe('GET /clusters/:cluster/schemas', () => {
  it('serves the schema of a kind to whoever may know of the cluster', async () => {
    const server = await OpenApiServer.start({
      'apis/example.dev/v1': schemas,
    });
    const permissions = mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(() => ({ result: AuthorizeResult.ALLOW })),
      authorizeConditional: async requests =>
        requests.map(() => ({ result: AuthorizeResult.ALLOW })),
    });
    const cluster = (name: string, url: string) => ({
      name,
      engines: ['argocd'],
      auth: { type: 'serviceAccount', server: url, token: 'token' },
    });
    const backend = await startTestBackend({
      features: [
        slipwayPlugin,
        catalogServiceMock.factory(),
        permissions.factory,
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://localhost:7007' },
            slipway: {
              clusters: [
                cluster('gd', server.url),
                cluster('away', 'http://127.0.0.1:1'),
                { name: 'edge', engines: [] },
              ],
            },
          },
        }),
      ],
    });
    const get = (
      name: string,
      query: Record<string, string> = {
        apiVersion: 'example.dev/v1',
        kind: 'Box',
      },
    ) =>
      request(backend.server)
        .get(
          `/api/slipway/clusters/${name}/schemas?${new URLSearchParams(query)}`,
        )
        .set('authorization', mockCredentials.user.header());
    try {
      const answer = await get('gd');
      expect([answer.status, answer.body]).toEqual([
        200,
        {
          kubernetesVersion: 'v1.33.4',
          schema: {
            ...schemas['dev.example.v1.Box'],
            properties: { lid: { $ref: '#/$defs/dev.example.v1.Lid' } },
            $defs: { 'dev.example.v1.Lid': schemas['dev.example.v1.Lid'] },
          },
        },
      ]);
      expect(answer.headers).toMatchObject({
        'cache-control': 'private, max-age=300',
        vary: expect.stringContaining('Authorization'),
      });
      const again = await get('gd').set('if-none-match', answer.headers.etag);
      expect([again.status, again.text]).toEqual([304, '']);

      for (const [name, query, status, message] of [
        ['gd', { apiVersion: 'example.dev/v1', kind: 'Lid' }, 404, /no kind/],
        ['gd', { apiVersion: '../..', kind: 'Box' }, 404, /no kind/],
        ['gd', { apiVersion: 'example.dev/v1' }, 400, /kind/],
        ['nowhere', undefined, 404, /no cluster 'nowhere'/],
        ['away', undefined, 503, /'away' does not tell its schemas/],
        ['edge', undefined, 503, /does not sign in to it/],
      ] as const) {
        const refused = await get(name, query);
        expect([name, refused.status]).toEqual([name, status]);
        expect(refused.body.error.message).toMatch(message);
        expect(refused.headers['cache-control']).toBeUndefined();
      }

      // Conditions that no environment on the cluster fulfils, and none at all.
      permissions.authorizeConditional.mockImplementation(async requests =>
        requests.map(() => ({ result: AuthorizeResult.DENY })),
      );
      const denied = await get('gd');
      expect([denied.status, denied.body.error.message]).toEqual([
        404,
        "There is no cluster 'gd', or you may not read it",
      ]);
      const service = await get('gd').set(
        'authorization',
        mockCredentials.service.header(),
      );
      expect(service.status).toBe(403);
    } finally {
      await backend.stop();
      await server.stop();
    }
  });
});
