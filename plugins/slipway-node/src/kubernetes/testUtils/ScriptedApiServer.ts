import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** Plays one answer. */
export type Answer = (
  response: ServerResponse,
  request: IncomingMessage,
) => void | Promise<void>;

export interface SeenRequest {
  kind: 'list' | 'watch' | 'version' | 'other';
  path: string;
  query: Record<string, string>;
  headers: http.IncomingHttpHeaders;
}

/**
 * An API server that answers what a test wrote down: the first list gets the first of `lists`, and so on;
 * the last one is repeated. Who asks for the list's first object only gets `versions` alike. Whatever is none of these gets
 * `other`.
 */
export class ScriptedApiServer {
  readonly requests: SeenRequest[] = [];
  readonly sockets = new Set<Socket>();
  lists: Answer[] = [];
  watches: Answer[] = [];
  /** By default it is later than all that the others tell, with an object that tells nothing. */
  versions: Answer[] = [page([object('a', 1)], { resourceVersion: '1000000' })];
  other: Answer = json({ gitVersion: 'v1.35.0' });
  readonly #server: http.Server;
  readonly #protocol: string;

  static async start(tls?: https.ServerOptions): Promise<ScriptedApiServer> {
    const server = tls ? https.createServer(tls) : http.createServer();
    const started = new ScriptedApiServer(server, tls ? 'https' : 'http');
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return started;
  }

  private constructor(server: http.Server, protocol: string) {
    this.#server = server;
    this.#protocol = protocol;
    server.on('connection', socket => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    server.on('request', async (request, response) => {
      await this.#next(request)(response, request);
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `${this.#protocol}://127.0.0.1:${port}`;
  }

  count(kind: SeenRequest['kind']): number {
    return this.requests.filter(request => request.kind === kind).length;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  #next(request: IncomingMessage): Answer {
    const { pathname, searchParams } = new URL(request.url ?? '', this.url);
    const query = Object.fromEntries(searchParams);
    const kind = kindOf(pathname, query);
    this.requests.push({
      kind,
      path: pathname,
      query,
      headers: request.headers,
    });
    if (kind === 'other') {
      return this.other;
    }
    const script = {
      watch: this.watches,
      list: this.lists,
      version: this.versions,
    }[kind];
    return script[Math.min(this.count(kind), script.length) - 1];
  }
}

function kindOf(path: string, query: Record<string, string>) {
  if (query.watch === 'true') {
    return 'watch';
  }
  if (!path.startsWith('/apis/')) {
    return 'other';
  }
  return query.limit === '1' ? 'version' : 'list';
}

export function json(body: unknown, status = 200): Answer {
  return response => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
}

export function refuse(code: number, message = `status ${code}`): Answer {
  return json(statusObject(code, message), code);
}

export function statusObject(code: number, message = `status ${code}`) {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, message };
}

export function page(
  items: unknown[],
  metadata: { resourceVersion: string; continue?: string },
): Answer {
  return json({ kind: 'ApplicationList', metadata, items });
}

export function text(contentType: string, body: string, status = 200): Answer {
  return response => {
    response.writeHead(status, { 'content-type': contentType }).end(body);
  };
}

/** Takes the request and never says anything. */
export const hang: Answer = () => undefined;

export const reset: Answer = response => {
  response.socket?.resetAndDestroy();
};

/** Sends lines, each as an event unless it is text already, then leaves the stream open, ends it or breaks it. */
export function stream(
  lines: unknown[],
  then: 'open' | 'end' | 'reset' = 'open',
): Answer {
  return async response => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    for (const line of lines) {
      response.write(
        typeof line === 'string' ? line : `${JSON.stringify(line)}\n`,
      );
      await new Promise(resolve => {
        setImmediate(resolve);
      });
    }
    if (then === 'end') {
      response.end();
    } else if (then === 'reset') {
      // After what was written is on its way.
      setTimeout(() => response.socket?.resetAndDestroy(), 20);
    }
  };
}

export function object(
  name: string,
  resourceVersion: string | number,
  uid?: string,
) {
  return {
    metadata: {
      name,
      namespace: 'argocd',
      resourceVersion: `${resourceVersion}`,
      ...(uid && { uid }),
    },
  };
}

export function event(
  type: 'ADDED' | 'MODIFIED' | 'DELETED',
  name: string,
  resourceVersion: string | number,
  uid?: string,
) {
  return { type, object: object(name, resourceVersion, uid) };
}

export function bookmark(resourceVersion: string | number) {
  return {
    type: 'BOOKMARK',
    object: { metadata: { resourceVersion: `${resourceVersion}` } },
  };
}
