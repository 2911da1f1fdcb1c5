import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fields } from '@slipway/backstage-plugin-slipway-node';

const RESOURCES: Record<string, Array<[kind: string, resource: string]>> = {
  '/api/v1': [
    ['ConfigMap', 'configmaps'],
    ['Secret', 'secrets'],
    ['Service', 'services'],
  ],
  '/apis/apps/v1': [['Deployment', 'deployments']],
};
const CLUSTER_WIDE = [['ClusterRole', 'clusterroles']] as const;
const RBAC = '/apis/rbac.authorization.k8s.io/v1';

/** An API server that has the objects that a test puts there, by path, and only lets them be got. */
export class ObjectsServer {
  readonly objects = new Map<string, Fields>();
  readonly forbidden = new Set<string>();
  /** Of objects and of discovery, in turn. */
  readonly requests: string[] = [];
  readonly #server: Server;

  static async start(): Promise<ObjectsServer> {
    const server = createServer();
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new ObjectsServer(server);
  }

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request, response) => {
      const path = request.url ?? '';
      this.requests.push(`${request.method} ${path}`);
      const answer = this.#answer(path);
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  #answer(path: string): { status: number; body: object } {
    const served = RESOURCES[path];
    if (served || path === RBAC) {
      const kinds = served ?? CLUSTER_WIDE;
      const resources = kinds.map(([kind, name]) => ({
        kind,
        name,
        namespaced: served !== undefined,
      }));
      return { status: 200, body: { kind: 'APIResourceList', resources } };
    }
    if (path === '/apis/apps') {
      const body = { preferredVersion: { version: 'v1' } };
      return { status: 200, body };
    }
    if (this.forbidden.has(path)) return refused(403, 'forbidden: no');
    const object = this.objects.get(path);
    return object
      ? { status: 200, body: object }
      : refused(404, `${path} not found`);
  }
}

function refused(code: number, message: string) {
  return { status: code, body: { kind: 'Status', code, message } };
}
