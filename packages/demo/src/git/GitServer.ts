import { appendFile, mkdir, readdir, stat } from 'fs/promises';
import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import { GitCommit, GitRepository } from './GitRepository';
import { serveWithHttpBackend } from './httpBackend';
import { readAcceptedRefs, readRefUpdates } from './pktLine';
import { runGit } from './runGit';
import { GitCredentials, PushEvent } from './types';
import { deliverPush, WebhookTarget } from './webhook';

/** Options of {@link GitServer.create}. */
export interface GitServerOptions {
  /** The folder that holds the bare repositories; made when missing. */
  root: string;
  /** 0 lets the system choose. */
  port: number;
  /** Repositories that ask for a user name and password. */
  auth?: Record<string, GitCredentials>;
  webhooks?: WebhookTarget[];
}

const NO_COMMIT = '0'.repeat(40);

/**
 * Smart HTTP on loopback over bare repositories: what a forge is to Slipway,
 * with real clone, fetch and push.
 */
export class GitServer {
  readonly #options: GitServerOptions;
  readonly #server: Server;
  readonly #repositories = new Map<string, GitRepository>();
  readonly #listeners = new Set<(event: PushEvent) => void>();
  readonly #stopping = new AbortController();

  static async create(options: GitServerOptions): Promise<GitServer> {
    await mkdir(options.root, { recursive: true });
    const server = new GitServer(options);
    for (const entry of await readdir(options.root)) {
      if (entry.endsWith('.git')) {
        server.#register(entry.slice(0, -4));
      }
    }
    await new Promise<void>((resolve, reject) => {
      server.#server.once('error', reject);
      server.#server.listen(options.port, '127.0.0.1', () => resolve());
    });
    return server;
  }

  private constructor(options: GitServerOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => {
        if (!response.headersSent) {
          response.writeHead(500);
        }
        response.end();
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The address that clients clone. */
  repositoryUrl(name: string): string {
    return `${this.url}/${name}.git`;
  }

  repositories(): GitRepository[] {
    return [...this.#repositories.values()];
  }

  repository(name: string): GitRepository | undefined {
    return this.#repositories.get(name);
  }

  /** Makes an empty bare repository with branch `main`, or returns the one that is there. */
  async createRepository(name: string): Promise<GitRepository> {
    if (!/^[a-z0-9][a-z0-9._-]*$/i.test(name)) {
      throw new Error(`'${name}' is no name for a repository`);
    }
    const directory = join(this.#options.root, `${name}.git`);
    if (!(await stat(directory).catch(() => undefined))) {
      await runGit([
        'init',
        '--quiet',
        '--bare',
        '--initial-branch=main',
        directory,
      ]);
      await appendFile(
        join(directory, 'config'),
        '[http]\n\treceivepack = true\n[uploadpack]\n\tallowFilter = true\n\tallowAnySHA1InWant = true\n',
      );
    }
    return this.#repositories.get(name) ?? this.#register(name);
  }

  /** Adds commits past every client, and tells listeners and web hooks as a push would. */
  async commit(
    name: string,
    branch: string,
    commits: GitCommit[],
  ): Promise<string> {
    const repository = this.#repositories.get(name);
    if (!repository) {
      throw new Error(`there is no repository '${name}'`);
    }
    const ref = `refs/heads/${branch}`;
    const before = (await repository.resolve(ref)) ?? NO_COMMIT;
    const after = await repository.commit(branch, commits);
    this.#emit({ repository: name, ref, before, after });
    return after;
  }

  /** Calls the listener after every successful push, once per ref; returns how to stop it. */
  onPush(listener: (event: PushEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#listeners.clear();
    const closed = new Promise<void>(resolve =>
      this.#server.close(() => resolve()),
    );
    this.#server.closeAllConnections();
    await closed;
  }

  #register(name: string): GitRepository {
    const repository = GitRepository.create({
      name,
      directory: join(this.#options.root, `${name}.git`),
    });
    this.#repositories.set(name, repository);
    return repository;
  }

  async #serve(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const match = /^\/([^/]+?)(?:\.git)?(\/.*)$/.exec(url.pathname);
    const name = match?.[1];
    if (!match || !name || !this.#repositories.has(name)) {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end('there is no such repository\n');
      return;
    }
    const credentials = this.#options.auth?.[name];
    if (credentials && !isAuthorized(request, credentials)) {
      response.writeHead(401, {
        'www-authenticate': 'Basic realm="demo"',
        'content-type': 'text/plain',
      });
      response.end('user name and password are needed\n');
      return;
    }
    const isPush =
      request.method === 'POST' && match[2] === '/git-receive-pack';
    const body = isPush ? await readPlainBody(request) : request;
    const answer = await serveWithHttpBackend(
      {
        root: this.#options.root,
        method: request.method ?? 'GET',
        path: `/${name}.git${match[2]}`,
        query: url.search.slice(1),
        headers: request.headers,
        body,
        username: credentials?.username,
      },
      response,
    );
    if (answer && Buffer.isBuffer(body)) {
      const accepted = readAcceptedRefs(answer);
      for (const update of readRefUpdates(body)) {
        if (accepted.has(update.ref)) {
          this.#emit({ repository: name, ...update });
        }
      }
    }
  }

  #emit(event: PushEvent): void {
    for (const listener of this.#listeners) {
      listener(event);
    }
    for (const target of this.#options.webhooks ?? []) {
      void deliverPush(
        target,
        event,
        this.repositoryUrl(event.repository),
        this.#stopping.signal,
      );
    }
  }
}

function isAuthorized(
  request: IncomingMessage,
  credentials: GitCredentials,
): boolean {
  const expected = Buffer.from(
    `${credentials.username}:${credentials.password}`,
  ).toString('base64');
  return request.headers.authorization === `Basic ${expected}`;
}

async function readPlainBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  return request.headers['content-encoding'] === 'gzip'
    ? gunzipSync(body)
    : body;
}
