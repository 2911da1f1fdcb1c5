import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What to do with a request before Git sees it; true when it is dealt with. */
export type Interceptor = (
  request: IncomingMessage,
  response: ServerResponse,
) => boolean;

/** Real Git repositories behind real smart HTTP (`git http-backend`). */
export class GitServer {
  /** Folder that holds the bare repositories. */
  readonly root: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** `METHOD path body` of each request so far. */
  readonly requests: string[] = [];
  /** Bytes of packs and other bodies sent so far. */
  bytesSent = 0;
  /** Speak version 0 of the protocol, as if version 2 were not known. */
  oldProtocol = false;
  intercept: Interceptor = () => false;

  private constructor(root: string) {
    this.root = root;
    this.#server = createServer((request, response) =>
      this.#handle(request, response),
    );
    this.#server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(): Promise<GitServer> {
    const server = new GitServer(await mkdtemp(join(tmpdir(), 'git-server-')));
    await new Promise<void>(done =>
      server.#server.listen(0, '127.0.0.1', done),
    );
    return server;
  }

  get origin(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  url(name: string): string {
    return `${this.origin}/${name}`;
  }

  /** Runs git in one of the repositories and answers what it prints. */
  async git(name: string, args: string[], input?: string | Buffer) {
    return git(join(this.root, name), args, input);
  }

  async create(name: string): Promise<void> {
    await run('git', [
      'init',
      '-q',
      '--bare',
      '-b',
      'main',
      join(this.root, name),
    ]);
    // As nobody signs in here, git must be told that pushing is fine.
    await this.git(name, ['config', 'http.receivepack', 'true']);
  }

  async stop(): Promise<void> {
    this.#sockets.forEach(socket => socket.destroy());
    await new Promise(done => this.#server.close(done));
    await rm(this.root, { recursive: true, force: true });
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    if (this.intercept(request, response)) {
      return;
    }
    const [path, query = ''] = (request.url ?? '/').split('?');
    const cgi = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: this.root,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_PROTOCOL: this.oldProtocol
          ? ''
          : String(request.headers['git-protocol'] ?? ''),
        PATH_INFO: decodeURIComponent(path),
        QUERY_STRING: query,
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        CONTENT_LENGTH: request.headers['content-length'] ?? '',
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    let body = '';
    request.on('data', chunk => {
      body += chunk.toString('latin1');
    });
    request.on('end', () =>
      this.requests.push(`${request.method} ${request.url} ${body}`),
    );
    cgi.stdin.on('error', () => {});
    request.pipe(cgi.stdin);
    response.on('close', () => cgi.kill());
    let head: Buffer | undefined = Buffer.alloc(0);
    cgi.stdout.on('data', (chunk: Buffer) => {
      let rest = chunk;
      if (head) {
        head = Buffer.concat([head, chunk]);
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) {
          return;
        }
        writeHead(response, head.toString('latin1', 0, end));
        rest = head.subarray(end + 4);
        head = undefined;
      }
      this.bytesSent += rest.length;
      if (!response.write(rest)) {
        cgi.stdout.pause();
        response.once('drain', () => cgi.stdout.resume());
      }
    });
    cgi.stdout.on('end', () => response.end());
  }
}

/** Runs git and answers what it prints, without the last line feed. */
export async function git(
  directory: string,
  args: string[],
  input?: string | Buffer,
): Promise<string> {
  const child = run('git', ['-C', directory, ...args], {
    maxBuffer: 1024 ** 3,
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Ann Author',
      GIT_AUTHOR_EMAIL: 'ann@example.org',
      GIT_COMMITTER_NAME: 'Carl Committer',
      GIT_COMMITTER_EMAIL: 'carl@example.org',
    },
  });
  child.child.stdin?.end(input);
  return (await child).stdout.replace(/\n$/, '');
}

function writeHead(response: ServerResponse, text: string): void {
  const headers = text.split('\r\n').map(line => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const status = headers.find(([name]) => name === 'Status')?.[1] ?? '200';
  for (const [name, value] of headers) {
    if (name !== 'Status') {
      response.setHeader(name, value);
    }
  }
  response.writeHead(Number.parseInt(status, 10));
}
