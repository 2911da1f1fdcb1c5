import { Advertisement, readAdvertisement } from './advertisement';
import {
  canFilter,
  encodeFetch,
  FetchAnswer,
  FetchRequest,
  readFetchV0,
  readFetchV2,
  readReadyV0,
} from './fetchProtocol';
import { cleanDetail, GitError } from './gitError';
import type { HttpAnswer, HttpClient, HttpRequest } from './httpClient';
import {
  DELIMITER,
  encodePacket,
  FLUSH,
  Packet,
  packetText,
  readPackets,
} from './pktLine';
import { lostAnswer, readPushAnswer } from './pushAnswer';
import { isRedirect, redirectTarget } from './redirect';
import { encodePush, PushReport, RefUpdate } from './receivePack';

/** What to send along with a request; asked for each call, never kept. */
export interface GitCredentials {
  headers: Record<string, string>;
}

export interface SmartHttpOptions {
  /** The repository's URL, as one would clone it. */
  url: string;
  http: HttpClient;
  credentials(): Promise<GitCredentials>;
}

const UPLOAD_PACK = 'git-upload-pack';
const RECEIVE_PACK = 'git-receive-pack';

/**
 * Git's smart HTTP protocol: version 2 for reading, or 0 where the server does
 * not know better, and pushing.
 *
 * @see https://git-scm.com/docs/http-protocol
 */
export class SmartHttp {
  readonly #options: SmartHttpOptions;
  #url: string;
  #server: Advertisement | undefined;

  constructor(options: SmartHttpOptions) {
    this.#options = options;
    this.#url = options.url.replace(/\/+$/, '');
  }

  /** Refs whose names begin with `prefix`, and the commits they point to. */
  async listRefs(
    prefix: string,
    signal: AbortSignal,
  ): Promise<Map<string, string>> {
    // Version 0 tells the refs in the advertisement, so that one is asked anew.
    if (this.#server?.version !== 2) {
      this.#server = await this.#advertisement(signal);
    }
    if (this.#server.version === 0) {
      return new Map(
        [...this.#server.refs].filter(([name]) => name.startsWith(prefix)),
      );
    }
    const body = Buffer.concat([
      encodePacket('command=ls-refs\n'),
      encodePacket('agent=slipway\n'),
      encodePacket('object-format=sha1\n'),
      DELIMITER,
      encodePacket(`ref-prefix ${prefix}\n`),
      FLUSH,
    ]);
    const refs = new Map<string, string>();
    for await (const packet of await this.#post(body, signal)) {
      const match =
        packet.type === 'data' &&
        /^([0-9a-f]{40}) (\S+)/.exec(packetText(packet.data));
      if (match) {
        refs.set(match[2], match[1]);
      }
    }
    return refs;
  }

  /** Asks for a pack; the answer's `pack` must be read or closed. */
  async fetch(
    request: FetchRequest,
    signal: AbortSignal,
  ): Promise<FetchAnswer> {
    this.#server ??= await this.#advertisement(signal);
    const server = this.#server;
    if (server.version === 2) {
      const body = encodeFetch(server, request);
      return readFetchV2(await this.#post(body, signal));
    }
    if (request.onlyIfDescendant) {
      const question = encodeFetch(server, request);
      if (!(await readReadyV0(await this.#post(question, signal)))) {
        return { type: 'notDescendant' };
      }
    }
    const body = encodeFetch(server, { ...request, onlyIfDescendant: false });
    const deepened = request.depth.type !== 'sinceHaves';
    return readFetchV0(await this.#post(body, signal), server, deepened);
  }

  /** True when the server can leave file contents out. */
  async canFilter(signal: AbortSignal): Promise<boolean> {
    this.#server ??= await this.#advertisement(signal);
    return canFilter(this.#server);
  }

  /**
   * Sends a push, once. Throws GitError `unknownOutcome` when it may have
   * arrived all the same; any other problem means that it did not.
   */
  async push(
    update: RefUpdate,
    pack: Buffer,
    signal: AbortSignal,
  ): Promise<PushReport> {
    const body = encodePush(update, pack);
    let answer = await this.#postOnce(`/${RECEIVE_PACK}`, body, signal);
    if (isRedirect(answer.status)) {
      await discard(answer.body);
      await this.#advertisement(signal);
      answer = await this.#postOnce(`/${RECEIVE_PACK}`, body, signal);
    }
    return readPushAnswer(answer, update.ref);
  }

  async #advertisement(signal: AbortSignal): Promise<Advertisement> {
    const path = `/info/refs?service=${UPLOAD_PACK}`;
    let answer = await this.#request('GET', path, undefined, signal);
    for (let i = 0; i < 3 && isRedirect(answer.status); i++) {
      this.#url = redirectTarget(this.#url, answer, path);
      await discard(answer.body);
      answer = await this.#request('GET', path, undefined, signal);
    }
    const type = `application/x-${UPLOAD_PACK}-advertisement`;
    return readAdvertisement(await this.#checked(answer, type));
  }

  async #post(
    body: Buffer,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<Packet, void>> {
    const answer = await this.#request('POST', `/${UPLOAD_PACK}`, body, signal);
    try {
      return await this.#checked(answer, `application/x-${UPLOAD_PACK}-result`);
    } catch (error) {
      // What the server can do may have changed along with its manners.
      this.#server = undefined;
      throw error;
    }
  }

  async #postOnce(
    path: string,
    body: Buffer,
    signal: AbortSignal,
  ): Promise<HttpAnswer> {
    const request = await this.#prepare('POST', path, body, signal);
    signal.throwIfAborted();
    try {
      return await this.#options.http.request({ ...request, once: true });
    } catch (error) {
      throw lostAnswer(error);
    }
  }

  async #request(
    method: 'GET' | 'POST',
    path: string,
    body: Buffer | undefined,
    signal: AbortSignal,
  ): Promise<HttpAnswer> {
    return this.#options.http.request(
      await this.#prepare(method, path, body, signal),
    );
  }

  async #prepare(
    method: 'GET' | 'POST',
    path: string,
    body: Buffer | undefined,
    signal: AbortSignal,
  ): Promise<HttpRequest> {
    const { headers } = await this.#options.credentials();
    const type = `application/x-${path.slice(1)}`;
    return {
      method,
      url: `${this.#url}${path}`,
      body,
      signal,
      headers: {
        ...headers,
        'user-agent': 'git/slipway',
        'git-protocol': 'version=2',
        accept: body ? `${type}-result` : '*/*',
        ...(body && { 'content-type': `${type}-request` }),
      },
    };
  }

  async #checked(
    answer: HttpAnswer,
    type: string,
  ): Promise<AsyncGenerator<Packet, void>> {
    const sent = String(answer.headers['content-type'] ?? '').split(';')[0];
    if (answer.status === 200 && sent.trim() === type) {
      return readPackets(answer.body);
    }
    await discard(answer.body);
    throw refusal(answer.status, sent);
  }
}

function refusal(status: number, type: string): GitError {
  if (status === 401 || status === 403) {
    return new GitError('unauthorized', `the server answered ${status}`);
  }
  if (status === 404 || status === 410) {
    return new GitError('repositoryNotFound', `the server answered ${status}`);
  }
  if (status >= 500 || status === 429 || status === 408) {
    return new GitError('unreachable', `the server answered ${status}`);
  }
  const what = cleanDetail(type) || 'no content type';
  return new GitError(
    'notAGitServer',
    `the server answered ${status} with ${what}`,
  );
}

async function discard(body: AsyncIterable<Uint8Array>): Promise<void> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > 64 * 1024) {
      break;
    }
  }
}
