import { rootCertificates } from 'node:tls';
import type { Readable } from 'node:stream';
import { Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { errorCode, IdleWatch } from './idleWatch';

export interface HttpClientOptions {
  /** Certificates in PEM form, trusted beside the usual ones. */
  ca?: string;
  /** How long the other side may stay silent, in milliseconds. */
  idleTimeoutMs: number;
}

export interface HttpRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body?: Buffer;
  /** Set for what must not reach the server twice. */
  once?: boolean;
  signal: AbortSignal;
}

export interface HttpAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Must be read to its end or left by breaking out of the loop. */
  body: AsyncIterable<Uint8Array>;
}

/**
 * HTTP with private certificates, the proxies of `HTTPS_PROXY` and `NO_PROXY`,
 * and a timer that ends a connection on which nothing moves any more.
 * Redirects are answers like any other: the caller decides.
 */
export class HttpClient {
  readonly #dispatcher: Dispatcher;
  readonly #idleTimeoutMs: number;

  private constructor(dispatcher: Dispatcher, idleTimeoutMs: number) {
    this.#dispatcher = dispatcher;
    this.#idleTimeoutMs = idleTimeoutMs;
  }

  static create(options: HttpClientOptions): HttpClient {
    const tls = options.ca
      ? { ca: [...rootCertificates, options.ca] }
      : undefined;
    const dispatcher = new EnvHttpProxyAgent({
      // The timer here sees the whole exchange, so undici's own are off.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: tls,
      requestTls: tls,
    });
    return new HttpClient(dispatcher, options.idleTimeoutMs);
  }

  async request(options: HttpRequest): Promise<HttpAnswer> {
    options.signal.throwIfAborted();
    const watch = new IdleWatch(this.#idleTimeoutMs, options.signal);
    try {
      const answer = await this.#send(options, watch.signal);
      watch.touch();
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: watchedBody(answer.body, watch),
      };
    } catch (error) {
      watch.stop();
      throw watch.explain(error);
    }
  }

  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }

  async #send(
    options: HttpRequest,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const send = () =>
      request(options.url, {
        method: options.method,
        headers: options.headers,
        body: options.body,
        signal,
        dispatcher: this.#dispatcher,
      });
    try {
      return await send();
    } catch (error) {
      // A connection kept alive may have been closed just now. What only
      // reads can be asked again on a new one.
      const code = errorCode(error);
      const reset = code === 'UND_ERR_SOCKET' || code === 'ECONNRESET';
      if (reset && !options.once) {
        signal.throwIfAborted();
        return send();
      }
      throw error;
    }
  }
}

async function* watchedBody(
  body: Readable,
  watch: IdleWatch,
): AsyncGenerator<Uint8Array, void> {
  const chunks = body[Symbol.asyncIterator]();
  let ended = false;
  try {
    for (;;) {
      let next;
      try {
        next = await chunks.next();
      } catch (error) {
        throw watch.explain(error);
      }
      if (next.done) {
        ended = true;
        return;
      }
      watch.touch();
      yield next.value;
      // The reader's own time is not the server's silence.
      watch.touch();
    }
  } finally {
    watch.stop();
    if (!ended) {
      body.on('error', () => {}).destroy();
    }
  }
}
