import { createHash } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

type Schemas = Record<string, object>;

/** An API server that publishes schemas, and can be told to do so badly. */
export class OpenApiServer {
  /** Paths with their queries. */
  readonly requests: string[] = [];
  /** By group version: `apis/apps/v1`. */
  readonly documents = new Map<string, Schemas>();
  /** Answers instead, when it returns true. */
  instead: (request: IncomingMessage, response: ServerResponse) => boolean =
    () => false;
  readonly #server: Server;

  static async start(documents: Record<string, Schemas>) {
    const server = createServer();
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new OpenApiServer(server, documents);
  }

  private constructor(server: Server, documents: Record<string, Schemas>) {
    this.#server = server;
    for (const [path, schemas] of Object.entries(documents)) {
      this.documents.set(path, schemas);
    }
    server.on('request', (request, response) => {
      this.requests.push(request.url ?? '');
      if (!this.instead(request, response)) {
        this.#answer(new URL(request.url ?? '', this.url), response);
      }
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  documentUrl(path: string): string {
    const hash = createHash('sha512').update(this.#json(path)).digest('hex');
    return `/openapi/v3/${path}?hash=${hash.toUpperCase()}`;
  }

  #json(path: string): string {
    return JSON.stringify({
      openapi: '3.0.0',
      paths: {},
      components: { schemas: this.documents.get(path) },
    });
  }

  #answer({ pathname, search }: URL, response: ServerResponse): void {
    if (pathname === '/version') {
      send(response, JSON.stringify({ gitVersion: 'v1.33.4' }));
      return;
    }
    if (pathname === '/openapi/v3') {
      const paths = Object.fromEntries(
        [...this.documents.keys()].map(path => [
          path,
          { serverRelativeURL: this.documentUrl(path) },
        ]),
      );
      send(response, JSON.stringify({ paths }));
      return;
    }
    const path = pathname.replace('/openapi/v3/', '');
    const location = this.documents.has(path) && this.documentUrl(path);
    if (!location) {
      response.writeHead(404).end();
    } else if (search && location !== pathname + search) {
      response.writeHead(301, { location }).end();
    } else {
      send(response, this.#json(path));
    }
  }
}

export function send(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
}
