import { once } from 'events';
import { createServer, type Server } from 'http';
import type { AddressInfo } from 'net';

/** A server that nobody is to call, and one that redirects to it. */
export class Trap {
  /** What came; empty as long as nobody was lured. */
  readonly caught: string[] = [];
  readonly url: string;
  readonly redirectingUrl: string;
  readonly #servers: Server[];

  static async create(): Promise<Trap> {
    const trap = createServer();
    const url = await listen(trap);
    const redirecting = createServer((_, response) => {
      response.writeHead(302, { location: `${url}/apis` }).end();
    });
    const redirectingUrl = await listen(redirecting);
    return new Trap([trap, redirecting], { url, redirectingUrl });
  }

  private constructor(
    servers: Server[],
    urls: { url: string; redirectingUrl: string },
  ) {
    const [trap] = servers;
    this.#servers = servers;
    this.url = urls.url;
    this.redirectingUrl = urls.redirectingUrl;
    trap.on('connection', () => this.caught.push('a connection'));
    trap.on('request', ({ method, url }, response) => {
      this.caught.push(`${method} ${url}`);
      response.end('{}');
    });
  }

  async stop(): Promise<void> {
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }
  }
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
