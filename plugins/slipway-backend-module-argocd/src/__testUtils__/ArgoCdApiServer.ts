import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '@backstage/types';
import type {
  ClusterConfig,
  EngineObjectKey,
} from '@slipway/backstage-plugin-slipway-node';

/** An Application outside of the namespace that Argo CD lives in. */
export const CART: EngineObjectKey = {
  engine: 'argocd',
  cluster: 'gd',
  namespace: 'team-a',
  name: 'cart',
};

/** Argo CD's own API as far as a test says, over HTTP; what it does not know is not found. */
export class ArgoCdApiServer {
  /** `{path and query} {authorization}` of each request. */
  readonly asked: string[] = [];
  /** The status of each path, where it is not 200. */
  readonly refusals = new Map<string, number>();
  readonly #server: http.Server;

  /** @param answers - by path, without the query */
  constructor(answers: Record<string, object>) {
    this.#server = http.createServer((request, response) => {
      this.asked.push(`${request.url} ${request.headers.authorization}`);
      const { pathname } = new URL(request.url ?? '', 'http://argocd');
      const answer = answers[pathname];
      const status = this.refusals.get(pathname) ?? (answer ? 200 : 404);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ?? {}));
    });
  }

  async start(): Promise<void> {
    await new Promise<void>(resolve => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  /** Forgets what it was asked, and refuses nothing. */
  reset(): void {
    this.asked.length = 0;
    this.refusals.clear();
  }

  /** The cluster whose Argo CD it is. */
  get cluster(): ClusterConfig {
    const { port } = this.#server.address() as AddressInfo;
    return clusterWith({
      api: { url: `http://127.0.0.1:${port}`, token: 'reader' },
    });
  }
}

/** A cluster with these settings of Argo CD. */
export function clusterWith(argocd: JsonObject): ClusterConfig {
  return {
    name: 'gd',
    engines: ['argocd'],
    aliases: [],
    auth: { type: 'none' },
    engineSettings: { argocd },
  };
}
