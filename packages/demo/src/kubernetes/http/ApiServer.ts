import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ObjectStore } from '../store/ObjectStore';
import { ApiHandler } from './ApiHandler';
import { faultError, passesFault, type ClusterFault } from './faults';
import type { WatchResponse } from './WatchResponse';

const HOST = '127.0.0.1';

/** Options of {@link ApiServer.start}. */
export interface ApiServerOptions {
  port: number;
  token?: string;
  /** Milliseconds between two bookmarks of a watch. */
  bookmarkInterval: number;
}

/** The HTTP server of one demo cluster, with its faults. */
export class ApiServer {
  readonly #server: Server;
  readonly #handler: ApiHandler;
  readonly #store: ObjectStore;
  readonly #watches = new Set<WatchResponse>();
  /** Requests that a hanging server has not answered. */
  readonly #hung = new Set<ServerResponse>();
  #port: number;
  #fault: ClusterFault | undefined;
  /** Faults are set one after the other, as closing and listening take time. */
  #pending: Promise<void> = Promise.resolve();

  private constructor(store: ObjectStore, options: ApiServerOptions) {
    const { token, bookmarkInterval, port } = options;
    this.#store = store;
    this.#port = port;
    this.#handler = new ApiHandler(store, {
      token,
      bookmarkInterval,
      watches: this.#watches,
    });
    this.#server = createServer((request, response) => {
      this.#serve(request, response);
    });
  }

  static async start(
    store: ObjectStore,
    options: ApiServerOptions,
  ): Promise<ApiServer> {
    const server = new ApiServer(store, options);
    await server.#listen();
    return server;
  }

  get url(): string {
    return `http://${HOST}:${this.#port}`;
  }

  setFault(fault: ClusterFault | undefined): Promise<void> {
    const done = this.#pending.then(() => this.#applyFault(fault));
    this.#pending = done.catch(() => {});
    return done;
  }

  stop(): Promise<void> {
    return this.setFault({ type: 'offline' });
  }

  async #applyFault(fault: ClusterFault | undefined): Promise<void> {
    const before = this.#fault;
    this.#fault = fault?.type === 'expire' ? undefined : fault;
    if (before?.type === 'hang' && fault?.type !== 'hang') {
      // Whoever still waits for an answer would wait for ever.
      this.#hung.forEach(response => response.destroy());
      this.#endWatches();
    }
    switch (fault?.type) {
      case 'offline':
        await this.#close();
        return;
      case 'expire':
        this.#store.expire();
        break;
      case 'status':
        this.#endWatches(fault.code);
        break;
      case 'html':
        this.#endWatches();
        break;
      case 'hang':
        this.#watches.forEach(watch => watch.freeze());
        break;
      default:
    }
    if (!this.#server.listening) {
      await this.#listen();
    }
  }

  #endWatches(code?: 401 | 403 | 410 | 500): void {
    // Of the statuses only a 410 is something that a watch reports in its stream.
    const status = code === 410 ? faultError(code).status : undefined;
    this.#watches.forEach(watch => watch.end(status));
  }

  async #serve(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (this.#fault?.type === 'hang') {
      this.#hung.add(response);
      response.once('close', () => this.#hung.delete(response));
    }
    if (await passesFault(this.#fault, request, response)) {
      await this.#handler.handle(request, response);
    }
  }

  async #listen(): Promise<void> {
    this.#server.listen(this.#port, HOST);
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async #close(): Promise<void> {
    if (!this.#server.listening) {
      return;
    }
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}
