import { createServer, connect, Server, Socket } from 'net';
import { Pipe } from './Pipe';
import { LinkState } from './types';

/**
 * A stretch of network before an API server: TCP through one fixed port, with
 * TLS untouched inside, that can be cut, stalled and slowed down.
 */
export class Link {
  readonly port: number;
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  readonly #pipes = new Set<Pipe>();
  #server: Server | undefined;
  #state: LinkState = { type: 'open' };

  /** Forwards from one port of loopback to another. */
  static async create(options: {
    port: number;
    target: number;
  }): Promise<Link> {
    const link = new Link(options);
    await link.#listen();
    return link;
  }

  private constructor(options: { port: number; target: number }) {
    this.port = options.port;
    this.#target = options.target;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** How many connections there are. */
  get connections(): number {
    return this.#pipes.size / 2;
  }

  /** Ends every connection and refuses new ones. */
  async cut(): Promise<void> {
    this.#state = { type: 'cut' };
    await this.#close();
  }

  /** Keeps connections and takes new ones, and forwards nothing. */
  async stall(): Promise<void> {
    await this.#set({ type: 'stalled' });
  }

  /** Forwards later, in both directions: after a delay, and at most so many bytes in a second. */
  async slow(options: {
    delayMs: number;
    bytesPerSecond?: number;
  }): Promise<void> {
    await this.#set({ type: 'slow', ...options });
  }

  async restore(): Promise<void> {
    await this.#set({ type: 'open' });
  }

  async stop(): Promise<void> {
    await this.#close();
  }

  async #set(state: LinkState): Promise<void> {
    this.#state = state;
    for (const pipe of this.#pipes) {
      pipe.setState(state);
    }
    await this.#listen();
  }

  async #listen(): Promise<void> {
    if (this.#server) {
      return;
    }
    const server = createServer({ allowHalfOpen: true }, socket =>
      this.#accept(socket),
    );
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, '127.0.0.1', resolve);
    });
    this.#server = server;
  }

  async #close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const socket of this.#sockets) {
      socket.destroy();
    }
    if (server) {
      await new Promise<void>(resolve => server.close(() => resolve()));
    }
  }

  #accept(near: Socket): void {
    const far = connect({
      port: this.#target,
      host: '127.0.0.1',
      allowHalfOpen: true,
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ]) {
      this.#sockets.add(socket);
      const pipe = Pipe.create(other, socket);
      pipe.setState(this.#state);
      this.#pipes.add(pipe);
      // It is followed by the close, which tells all that there is to know.
      socket.on('error', () => {});
      socket.on('close', hadError => {
        this.#sockets.delete(socket);
        this.#pipes.delete(pipe);
        pipe.stop();
        // Where it ended well, what it sent last may still be on its way.
        if (hadError) {
          other.destroy();
        }
      });
    }
  }
}
