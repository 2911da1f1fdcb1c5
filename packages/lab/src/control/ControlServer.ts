import { randomBytes, timingSafeEqual } from 'crypto';
import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';
import { Lab } from '../lab';
import { LabError } from '../LabError';
import { carryOut } from './orders';
import { ControlAddress } from './runningLab';

const MAX_ORDER_BYTES = 10_000;

/** Options of {@link ControlServer.create}. */
export interface ControlServerOptions {
  lab: Lab;
  /** Called for the order to stop. */
  onStop: () => void;
}

/**
 * Takes orders on loopback from whoever has the token: a POST with the words of
 * one as JSON, answered with `{message}` or, where it cannot be done, `{error}`. A
 * GET only asks whether it is there.
 */
export class ControlServer {
  readonly #options: ControlServerOptions;
  readonly #token = randomBytes(24).toString('hex');
  readonly #server: Server;

  static async create(options: ControlServerOptions): Promise<ControlServer> {
    const control = new ControlServer(options);
    await new Promise<void>((resolve, reject) => {
      control.#server.once('error', reject);
      control.#server.listen(0, '127.0.0.1', resolve);
    });
    return control;
  }

  private constructor(options: ControlServerOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(error => {
        const isExpected = error instanceof LabError;
        answer(response, isExpected ? 400 : 500, { error: error.message });
      });
    });
  }

  get address(): ControlAddress {
    const { port } = this.#server.address() as AddressInfo;
    return {
      url: `http://127.0.0.1:${port}`,
      token: this.#token,
      pid: process.pid,
    };
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>(resolve =>
      this.#server.close(() => resolve()),
    );
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (!this.#isAllowed(request)) {
      answer(response, 401, { error: 'The token is wrong.' });
      return;
    }
    if (request.method === 'GET') {
      answer(response, 200, { message: 'The lab runs.' });
      return;
    }
    const words = await readWords(request);
    if (words[0] === 'stop' && words.length === 1) {
      answer(response, 200, { message: 'The lab stops.' });
      this.#options.onStop();
      return;
    }
    answer(response, 200, {
      message: await carryOut(this.#options.lab, words),
    });
  }

  #isAllowed(request: IncomingMessage): boolean {
    const given = Buffer.from(request.headers.authorization ?? '');
    const wanted = Buffer.from(`Bearer ${this.#token}`);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }
}

async function readWords(request: IncomingMessage): Promise<string[]> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > MAX_ORDER_BYTES) {
      throw new LabError('That is too long for an order.');
    }
  }
  const words = JSON.parse(text);
  if (!Array.isArray(words) || words.some(word => typeof word !== 'string')) {
    throw new LabError('An order is a list of words.');
  }
  return words;
}

function answer(
  response: ServerResponse,
  status: number,
  body: Record<string, string>,
): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
