import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  ClusterConfig,
  EngineOperation,
} from '@slipway/backstage-plugin-slipway-node';
import { ArgoCdSyncEngine } from '../ArgoCdSyncEngine';

interface StoredApplication {
  metadata: { name: string; namespace: string; resourceVersion: string };
  [key: string]: unknown;
}

/** An API server with one Application, which takes merge patches as Kubernetes does. */
class OneApplication {
  readonly patches: Array<Record<string, unknown>> = [];
  object: StoredApplication;
  /** Statuses of the next answers to patches, before they count. */
  readonly refusals: number[] = [];
  readonly #server: http.Server;

  constructor(fields: object) {
    this.object = {
      metadata: { name: 'cart', namespace: 'argocd', resourceVersion: '7' },
      ...fields,
    };
    this.#server = http.createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const [status, body] = this.#answer(
        request,
        Buffer.concat(chunks).toString(),
      );
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  }

  async start(): Promise<ClusterConfig> {
    await new Promise<void>(resolve => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = this.#server.address() as AddressInfo;
    return {
      name: 'gd',
      engines: ['argocd'],
      aliases: [],
      auth: { type: 'serviceAccount', server: `http://127.0.0.1:${port}` },
      engineSettings: {},
    };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  #answer(
    { url, method, headers }: http.IncomingMessage,
    body: string,
  ): [number, object] {
    const refuse = (status: number): [number, object] => [
      status,
      { kind: 'Status', status: 'Failure', message: `refused with ${status}` },
    ];
    if (
      url !== '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/cart'
    ) {
      return refuse(404);
    }
    if (method === 'GET') return [200, this.object];
    const patch = JSON.parse(body);
    if (headers['content-type'] !== 'application/merge-patch+json') {
      return refuse(415);
    }
    const refusal = this.refusals.shift();
    if (refusal) {
      if (refusal === 409) this.object.metadata.resourceVersion += '0';
      return refuse(refusal);
    }
    if (
      patch.metadata.resourceVersion !== this.object.metadata.resourceVersion
    ) {
      return refuse(409);
    }
    this.patches.push(patch);
    return [200, this.object];
  }
}

async function ask(
  api: OneApplication,
  operation: EngineOperation,
  name = 'cart',
): Promise<void> {
  const cluster = await api.start();
  try {
    await ArgoCdSyncEngine.create().operate({
      cluster,
      key: { engine: 'argocd', cluster: 'gd', namespace: 'argocd', name },
      operation,
      initiatedBy: 'ann',
      signal: AbortSignal.timeout(5_000),
    });
  } finally {
    await api.stop();
  }
}

const running = (phase: string) => ({ status: { operationState: { phase } } });
const syncPolicy = {
  syncOptions: ['CreateNamespace=true'],
  retry: { limit: 2 },
};

describe('operating an Application', () => {
  it.each<[EngineOperation, object, object]>([
    [
      { type: 'refresh' },
      running('Running'),
      { metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } },
    ],
    [
      { type: 'refresh', hard: true },
      {},
      { metadata: { annotations: { 'argocd.argoproj.io/refresh': 'hard' } } },
    ],
    [
      { type: 'refresh' },
      { spec: { sourceHydrator: {} } },
      {
        metadata: {
          annotations: {
            'argocd.argoproj.io/refresh': 'normal',
            'argocd.argoproj.io/hydrate': 'normal',
          },
        },
      },
    ],
    [
      { type: 'sync' },
      running('Failed'),
      { operation: { initiatedBy: { username: 'ann' }, sync: {} } },
    ],
    [
      { type: 'sync', prune: true, dryRun: true, revision: 'abc' },
      { spec: { syncPolicy } },
      {
        operation: {
          initiatedBy: { username: 'ann' },
          sync: {
            prune: true,
            dryRun: true,
            revision: 'abc',
            syncOptions: ['CreateNamespace=true'],
          },
          retry: { limit: 2 },
        },
      },
    ],
    [
      { type: 'terminate' },
      running('Running'),
      { status: { operationState: { phase: 'Terminating' } } },
    ],
  ])('%j is written as Argo CD does', async (operation, fields, patch) => {
    const api = new OneApplication(fields);
    await ask(api, operation);
    const [{ metadata, ...written }] = api.patches;
    const { resourceVersion, ...rest } = metadata as Record<string, unknown>;
    expect(resourceVersion).toBe('7');
    expect({
      ...written,
      ...(Object.keys(rest).length > 0 && { metadata: rest }),
    }).toEqual(patch);
  });

  it.each<[EngineOperation, object, RegExp]>([
    [{ type: 'sync' }, running('Running'), /has an operation under way/],
    [{ type: 'sync' }, running('Terminating'), /has an operation under way/],
    [{ type: 'sync' }, { operation: { sync: {} } }, /under way/],
    [{ type: 'terminate' }, running('Succeeded'), /no operation that runs/],
    [{ type: 'terminate' }, {}, /no operation that runs/],
    [{ type: 'terminate' }, running('Terminating'), /stopped already/],
    [{ type: 'suspend' }, {}, /cannot suspend .* for its manifest to say/],
  ])('%j is refused while %j', async (operation, fields, message) => {
    const api = new OneApplication(fields);
    await expect(ask(api, operation)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringMatching(message),
    });
    expect(api.patches).toEqual([]);
  });

  it('begins anew when the Application changed meanwhile, and gives up in the end', async () => {
    const api = new OneApplication({});
    api.refusals.push(409, 409);
    await ask(api, { type: 'sync' });
    expect(api.patches).toMatchObject([
      { metadata: { resourceVersion: '700' } },
    ]);
    const busy = new OneApplication({});
    busy.refusals.push(409, 409, 409, 409, 409);
    await expect(ask(busy, { type: 'sync' })).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('refused with 409'),
    });
  });

  it.each([
    [403, 'NotAllowedError'],
    [422, 'ConflictError'],
    [500, 'ServiceUnavailableError'],
  ])('tells an answer of %d apart', async (status, name) => {
    const api = new OneApplication({});
    api.refusals.push(status);
    await expect(ask(api, { type: 'sync' })).rejects.toMatchObject({
      name,
      message: expect.stringContaining(`refused with ${status}`),
    });
  });

  it('says that an Application is gone', async () => {
    await expect(
      ask(new OneApplication({}), { type: 'sync' }, 'none'),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});
