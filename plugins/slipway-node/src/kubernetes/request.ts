import http from 'node:http';
import https from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ClusterAccess } from './access';
import { errorFromFailure, KubernetesError } from './problems';

export interface OpenRequestOptions {
  access: ClusterAccess;
  /** With its query. */
  path: string;
  signal: AbortSignal;
  /** Until the headers of the answer are there. */
  timeoutMilliseconds: number;
  /** For answers that are read as a whole; a watch must not wait in a compressor. */
  compressed?: boolean;
  /** A merge patch to send (RFC 7396); a GET when absent. */
  mergePatch?: object;
}

export interface OpenedAnswer {
  status: number;
  contentType: string;
  retryAfterSeconds?: number;
  /** Destroy it, or read it to its end. */
  body: Readable;
  host: string;
  /** What no message may repeat. */
  secrets: string[];
}

/**
 * Sends a GET, or a PATCH, and resolves with the head of the answer, whatever its status; redirects are not followed.
 * Plain `node:http(s)` with what client-node applies, as its own request layer can neither time out nor be held back.
 *
 * @throws KubernetesError when no answer came.
 */
export async function openRequest(
  options: OpenRequestOptions,
): Promise<OpenedAnswer> {
  const { access, path, signal, timeoutMilliseconds, compressed } = options;
  const payload =
    options.mergePatch && Buffer.from(JSON.stringify(options.mergePatch));
  const url = new URL(access.server + path);
  const { host } = url;
  const requestOptions: https.RequestOptions = {
    method: payload ? 'PATCH' : 'GET',
    headers: {
      ...(payload && {
        'content-type': 'application/merge-patch+json',
        'content-length': payload.length,
      }),
      accept: 'application/json',
      'accept-encoding': compressed ? 'gzip' : 'identity',
      'user-agent': 'slipway',
    },
    // Said explicitly, so that no environment variable switches verification off; a kubeconfig may, for its own cluster.
    rejectUnauthorized: true,
    // For a proxy that does not answer CONNECT.
    timeout: timeoutMilliseconds,
  };
  await applyCredentials(access, requestOptions, host);
  const secrets = secretsOf(requestOptions);
  return new Promise((resolve, reject) => {
    const client = url.protocol === 'https:' ? https : http;
    const request = client.request(url, { ...requestOptions, signal });
    const settled = new AbortController();
    // Told here as well: a request that waits for its proxy has no socket yet, and destroying it tells nobody.
    const fail = (error: unknown) => {
      settled.abort();
      request.destroy();
      reject(errorFromFailure(error, { host, secrets }));
    };
    signal.addEventListener('abort', () => fail(signal.reason), {
      signal: settled.signal,
    });
    const timer = setTimeout(
      () => fail(timedOut(host, timeoutMilliseconds)),
      timeoutMilliseconds,
    );
    settled.signal.addEventListener('abort', () => clearTimeout(timer));
    request.once('response', response => {
      settled.abort();
      const zipped = response.headers['content-encoding'] === 'gzip';
      const retryAfterSeconds = Number(response.headers['retry-after']);
      resolve({
        status: response.statusCode ?? 0,
        contentType: response.headers['content-type'] ?? '',
        retryAfterSeconds:
          retryAfterSeconds > 0 ? retryAfterSeconds : undefined,
        body: zipped
          ? pipeline(response, createGunzip(), () => undefined)
          : response,
        host,
        secrets,
      });
    });
    // Stays for the life of the socket: an error after the head belongs to the body's reader.
    request.on('error', fail);
    request.end(payload);
  });
}

async function applyCredentials(
  access: ClusterAccess,
  requestOptions: https.RequestOptions,
  host: string,
): Promise<void> {
  try {
    await access.kubeConfig.applyToHTTPSOptions(requestOptions);
  } catch (error) {
    // A CA or key file that is not there, an exec plugin that failed; plugins may print anything, so only codes are shown.
    const { code, path: file } = error as NodeJS.ErrnoException;
    throw new KubernetesError('credentialsUnreadable', {
      host,
      file,
      detail: code,
    });
  }
  if (access.token) {
    requestOptions.headers = {
      ...requestOptions.headers,
      Authorization: `Bearer ${access.token}`,
    };
  }
}

function secretsOf({ headers, auth }: https.RequestOptions): string[] {
  const { Authorization } = headers as Record<string, unknown>;
  const token =
    typeof Authorization === 'string' ? Authorization.split(' ')[1] : undefined;
  return [token, auth ?? undefined].filter((secret): secret is string =>
    Boolean(secret),
  );
}

export interface ReadChunksOptions {
  answer: OpenedAnswer;
  /** The longest silence. It is counted only while someone waits for data, so that a slow reader is not taken for it. */
  idleTimeoutMilliseconds: number;
}

/**
 * The body of an answer, chunk by chunk; closes the connection when the reader leaves.
 *
 * @throws KubernetesError `timeout` on silence, `unreachable` when the connection broke.
 */
export async function* readChunks(
  options: ReadChunksOptions,
): AsyncGenerator<Buffer> {
  const { answer, idleTimeoutMilliseconds } = options;
  const { body, host, secrets } = answer;
  const chunks: AsyncIterator<Buffer> = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const timer = setTimeout(
        () => body.destroy(timedOut(host, idleTimeoutMilliseconds)),
        idleTimeoutMilliseconds,
      );
      let next: IteratorResult<Buffer>;
      try {
        next = await chunks.next();
      } catch (error) {
        throw errorFromFailure(error, { host, secrets });
      } finally {
        clearTimeout(timer);
      }
      if (next.done) {
        return;
      }
      yield next.value;
    }
  } finally {
    body.destroy();
  }
}

function timedOut(host: string, milliseconds: number): KubernetesError {
  return new KubernetesError('timeout', {
    host,
    seconds: String(Math.max(1, Math.round(milliseconds / 1000))),
  });
}
