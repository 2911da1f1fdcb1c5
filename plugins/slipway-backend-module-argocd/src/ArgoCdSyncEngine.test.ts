import http, { type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import {
  type ClusterConfig,
  type SyncEngine,
  syncEnginesExtensionPoint,
  type SyncEngineSink,
} from '@slipway/backstage-plugin-slipway-node';
import recorded from './__fixtures__/application.json';
import { ArgoCdSyncEngine } from './ArgoCdSyncEngine';
import slipwayModuleArgoCd from './index';

function application(name: string, resourceVersion: string) {
  return {
    ...recorded,
    metadata: { ...recorded.metadata, name, resourceVersion },
  };
}

/** Applications in two pages, then a watch that the test writes to. */
class ArgoCdCluster {
  readonly #server = http.createServer((request, response) =>
    this.#answer(new URL(request.url ?? '', 'http://cluster'), response),
  );
  readonly watches: ServerResponse[] = [];
  listStatus = 200;

  async start(): Promise<string> {
    await new Promise<void>(resolve => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  send(type: string, object: unknown): void {
    this.watches.at(-1)?.write(`${JSON.stringify({ type, object })}\n`);
  }

  #answer({ pathname, searchParams }: URL, response: ServerResponse): void {
    const json = (body: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (pathname === '/version') {
      json({ gitVersion: 'v1.35.0' });
    } else if (!pathname.endsWith('/applications')) {
      json({ kind: 'Status' }, 404);
    } else if (this.listStatus !== 200) {
      json({ kind: 'Status' }, this.listStatus);
    } else if (searchParams.has('watch')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.flushHeaders();
      this.watches.push(response);
    } else if (searchParams.has('continue')) {
      const { namespace, ...metadata } = application('lost', '3').metadata;
      json({
        metadata: { resourceVersion: '9' },
        items: [application('b', '2'), { ...recorded, metadata }],
      });
    } else {
      json({
        metadata: { resourceVersion: '9', continue: 'more' },
        items: [application('a', '1')],
      });
    }
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 60_000; !condition(); ) {
    if (Date.now() > deadline) {
      throw new Error(`Not seen: ${condition}`);
    }
    await new Promise(resolve => {
      setTimeout(resolve, 5);
    });
  }
}

function clusterAt(server: string, argocd?: object): ClusterConfig {
  return {
    name: 'gd',
    engines: ['argocd'],
    aliases: [],
    auth: { type: 'serviceAccount', server },
    engineSettings: argocd ? { argocd: { ...argocd } } : {},
  };
}

describe('ArgoCdSyncEngine', () => {
  const cluster = new ArgoCdCluster();
  let server: string;

  beforeAll(async () => {
    server = await cluster.start();
  });

  afterAll(async () => {
    await cluster.stop();
  });

  it('tells what is on a cluster, what changes, and how the connection is', async () => {
    const told: string[] = [];
    const sink: SyncEngineSink = {
      async list({ objects, first, last }) {
        const names = objects.map(({ key }) => key.name);
        told.push(`list ${names} ${first} ${last}`);
      },
      async apply(changes) {
        for (const change of changes) {
          told.push(
            change.type === 'upsert'
              ? `upsert ${change.object.key.name} ${change.object.url}`
              : `remove ${change.key.cluster}/${change.key.name}`,
          );
        }
      },
      async connection(state) {
        told.push(
          [
            state.state,
            'kubernetesVersion' in state && state.kubernetesVersion,
            'reason' in state && state.reason?.code,
          ]
            .filter(Boolean)
            .join(' '),
        );
      },
    };
    const logger = mockServices.logger.mock();
    const controller = new AbortController();
    cluster.listStatus = 404;
    const watching = ArgoCdSyncEngine.create().watch({
      cluster: clusterAt(server, { url: 'https://argocd.example/' }),
      sink,
      logger,
      signal: controller.signal,
    });
    await until(() => told.length > 1);
    cluster.listStatus = 200;
    await until(() => cluster.watches.length > 0);
    cluster.send('MODIFIED', application('a', '10'));
    cluster.send('DELETED', application('b', '11'));
    await until(() => told.some(line => line.startsWith('remove')));
    cluster.send('BOOKMARK', { metadata: { resourceVersion: '12' } });
    await until(() => told.at(-1) === 'Connected v1.35.0');
    controller.abort();
    await watching;

    expect(told).toEqual([
      'Connecting',
      'Unreachable kindNotServed',
      'list a true false',
      'list b false true',
      'Connected v1.35.0',
      'upsert a https://argocd.example/applications/argocd/a',
      'remove gd/b',
      'Connected v1.35.0',
    ]);
    expect(logger.warn.mock.calls.map(([message]) => message)).toEqual([
      'The Applications of the cluster gd cannot be read: kindNotServed',
      'Left out 1 Applications of the cluster gd that cannot be read',
    ]);
  });

  it.each([
    [
      { namespaces: 'argocd' },
      'namespaces in the argocd settings of the cluster "gd"',
    ],
    [{ namespaces: ['Not/One'] }, 'must list namespace names'],
    [{ url: 'ftp://argocd.example' }, 'must be an http(s) URL'],
  ])('refuses settings that cannot be used: %j', async (settings, problem) => {
    const watching = ArgoCdSyncEngine.create().watch({
      cluster: clusterAt('http://127.0.0.1:1', settings),
      sink: {} as SyncEngineSink,
      logger: mockServices.logger.mock(),
      signal: new AbortController().signal,
    });
    await expect(watching).rejects.toThrow(problem);
  });

  it('adds itself to the sync engines', async () => {
    const engines: SyncEngine[] = [];
    const slipway = createBackendPlugin({
      pluginId: 'slipway',
      register(env) {
        env.registerExtensionPoint(syncEnginesExtensionPoint, {
          addSyncEngine: engine => engines.push(engine),
        });
        env.registerInit({ deps: {}, async init() {} });
      },
    });
    await startTestBackend({ features: [slipway, slipwayModuleArgoCd] });
    expect(engines.map(({ kind }) => kind)).toEqual(['argocd']);
  });
});
