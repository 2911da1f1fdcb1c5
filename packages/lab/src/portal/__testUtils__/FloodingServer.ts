import { once } from 'events';
import { createServer, type Server, type ServerResponse } from 'http';
import type { AddressInfo } from 'net';
import type { KubernetesObject } from '../../kubernetes';

/** Speaks as much of the Kubernetes API as a watch of Applications needs, as fast as its reader takes it. */
export class FloodingServer {
  /** How often the reader held it back. */
  heldBack = 0;
  readonly #server: Server;
  readonly #objects: Map<string, KubernetesObject>;
  #version = '1';
  #watch: ServerResponse | undefined;

  static async start(objects: KubernetesObject[]): Promise<FloodingServer> {
    const flooding = new FloodingServer(objects);
    flooding.#server.listen(0, '127.0.0.1');
    await once(flooding.#server, 'listening');
    return flooding;
  }

  private constructor(objects: KubernetesObject[]) {
    this.#objects = new Map(
      objects.map(object => [object.metadata.name, object]),
    );
    this.#server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url!, 'http://server');
      response.setHeader('content-type', 'application/json');
      if (!pathname.endsWith('/applications') && pathname !== '/version') {
        response.statusCode = 404;
        response.end('{}');
      } else if (searchParams.get('watch')) {
        response.flushHeaders();
        this.#watch = response;
      } else if (pathname === '/version') {
        response.end('{"gitVersion":"v1.36.0"}');
      } else {
        const metadata = { resourceVersion: this.#version };
        const items = [...this.#objects.values()];
        response.end(JSON.stringify({ metadata, items }));
      }
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Tells of all of them, one right after the other. */
  async flood(objects: Iterable<KubernetesObject>): Promise<void> {
    for (const object of objects) {
      this.#objects.set(object.metadata.name, object);
      this.#version = String(object.metadata.resourceVersion);
      const line = `${JSON.stringify({ type: 'MODIFIED', object })}\n`;
      if (!this.#watch!.write(line)) {
        this.heldBack += 1;
        await once(this.#watch!, 'drain');
      }
    }
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
