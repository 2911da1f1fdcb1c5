import { cleanDetail, cleanWords, GitError } from './gitError';
import type { HttpAnswer } from './httpClient';
import { errorCode } from './idleWatch';
import { readPackets } from './pktLine';
import { PushReport, readPushReport } from './receivePack';

const RESULT_TYPE = 'application/x-git-receive-pack-result';
const MOST_WORDS = 4096;

// Failures before a connection stood, so nothing can have been sent.
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

/**
 * What became of a push whose request was answered somehow.
 *
 * Throws GitError: `unknownOutcome` when it may have arrived all the same,
 * another problem when the server never looked at it.
 */
export async function readPushAnswer(
  answer: HttpAnswer,
  ref: string,
): Promise<PushReport> {
  const { status } = answer;
  const sent = String(answer.headers['content-type'] ?? '').split(';')[0];
  if (status === 200 && sent.trim() === RESULT_TYPE) {
    try {
      return await readPushReport(readPackets(answer.body), ref);
    } catch (error) {
      throw lostAnswer(error);
    }
  }
  const words = await readWords(answer, sent.trim());
  const said = words || `the server answered ${status}`;
  if (status === 403) {
    return { type: 'declined', words: said };
  }
  if (status === 401) {
    throw new GitError('unauthorized', cleanDetail(said));
  }
  if (status === 404 || status === 410) {
    throw new GitError('repositoryNotFound', cleanDetail(said));
  }
  if (status === 413) {
    throw new GitError('tooLarge', cleanDetail(said));
  }
  if (status === 408 || status === 429) {
    throw new GitError('unreachable', cleanDetail(said));
  }
  if (status >= 300 && status < 500) {
    throw new GitError('notAGitServer', cleanDetail(said));
  }
  // A proxy may have passed the push on before it lost its patience.
  throw new GitError('unknownOutcome', cleanDetail(said));
}

/** The error to throw when a push was not answered. */
export function lostAnswer(error: unknown): unknown {
  const cause = error instanceof GitError ? error.cause : error;
  if (NEVER_SENT.test(errorCode(cause) ?? '')) {
    return error;
  }
  if (error instanceof GitError) {
    return error.problem === 'unknownOutcome'
      ? error
      : new GitError('unknownOutcome', error.detail, error);
  }
  return new GitError('unknownOutcome', 'the push was broken off', error);
}

async function readWords(answer: HttpAnswer, type: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer.body) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MOST_WORDS) {
        break;
      }
    }
  } catch {
    // The status says enough.
  }
  return type === 'text/plain'
    ? cleanWords(Buffer.concat(chunks).toString('utf8'))
    : '';
}
