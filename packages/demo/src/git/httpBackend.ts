import { spawn } from 'child_process';
import { IncomingMessage, ServerResponse } from 'http';
import { join } from 'path';
import { gitEnvironment, runGit } from './runGit';

/** One request as the CGI program is to see it. */
export interface HttpBackendRequest {
  /** The folder that holds the bare repositories. */
  root: string;
  method: string;
  /** Path below the root, e.g. `/shop.git/info/refs`. */
  path: string;
  query: string;
  headers: IncomingMessage['headers'];
  body: IncomingMessage | Buffer;
  username?: string;
}

let execPath: Promise<string> | undefined;

function gitExecPath(): Promise<string> {
  execPath ??= runGit(['--exec-path']).then(output => output.toString().trim());
  return execPath;
}

/**
 * Answers one request with `git http-backend`.
 *
 * @returns the body that was sent, when the program ended well; it is kept only
 * for `git-receive-pack`, whose answers are small.
 * @see https://git-scm.com/docs/git-http-backend
 */
export async function serveWithHttpBackend(
  request: HttpBackendRequest,
  response: ServerResponse,
): Promise<Buffer | undefined> {
  const { headers, body } = request;
  const header = (name: string) => headers[name]?.toString() ?? '';
  const receives = request.path.endsWith('/git-receive-pack');
  const child = spawn(join(await gitExecPath(), 'git-http-backend'), [], {
    env: gitEnvironment({
      GIT_PROJECT_ROOT: request.root,
      GIT_HTTP_EXPORT_ALL: '1',
      REQUEST_METHOD: request.method,
      PATH_INFO: request.path,
      QUERY_STRING: request.query,
      CONTENT_TYPE: header('content-type'),
      REMOTE_ADDR: '127.0.0.1',
      REMOTE_USER: request.username ?? '',
      GIT_PROTOCOL: header('git-protocol'),
      // The program inflates what it is told is gzip; a buffered body is plain.
      HTTP_CONTENT_ENCODING: Buffer.isBuffer(body)
        ? ''
        : header('content-encoding'),
      ...(Buffer.isBuffer(body)
        ? { CONTENT_LENGTH: String(body.length) }
        : headers['content-length'] && {
            CONTENT_LENGTH: headers['content-length'],
          }),
    }),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => {});
  response.on('close', () => child.kill());
  if (Buffer.isBuffer(body)) {
    child.stdin.end(body);
  } else {
    body.pipe(child.stdin);
  }

  const kept: Buffer[] = [];
  let head: Buffer | undefined = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    let content = chunk;
    if (head) {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) {
        return;
      }
      content = head.subarray(end + 4);
      writeHead(response, head.toString('latin1', 0, end));
      head = undefined;
    }
    if (receives) {
      kept.push(content);
    }
    if (!response.write(content)) {
      child.stdout.pause();
      response.once('drain', () => child.stdout.resume());
    }
  });

  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => {
      if (head) {
        response.writeHead(500, { 'content-type': 'text/plain' });
        response.write('git http-backend gave no answer\n');
      }
      response.end();
      resolve(code === 0 && receives ? Buffer.concat(kept) : undefined);
    });
  });
}

function writeHead(response: ServerResponse, head: string): void {
  let status = 200;
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') {
      status = parseInt(value, 10);
    } else {
      response.setHeader(name, value);
    }
  }
  response.writeHead(status);
}
