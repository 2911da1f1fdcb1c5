import express, { NextFunction, Request, Response } from 'express';
import { Server } from 'http';
import { AddressInfo } from 'net';
import { ArgoCdStandIn } from '../argocd';
import { GitServer } from '../git';
import { ClusterFault, DemoCluster } from '../kubernetes';
import { applyMood, isMood, Mood } from './moods';

/** Options of {@link ControlServer.create}. */
export interface ControlServerOptions {
  /** 0 lets the system choose. */
  port: number;
  git: GitServer;
  clusters: Map<string, DemoCluster>;
  argoCds: Map<string, ArgoCdStandIn>;
}

/** What was asked cannot be done; the status goes to the caller. */
class ControlError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Lets pages and tests show faults, on loopback:
 *
 * - `GET /state`
 * - `POST /clusters/:name/fault` with a ClusterFault, or `{"type":"none"}`
 * - `POST /clusters/:name/applications/:application/(degrade|slow|outofsync|recover)`
 * - `POST /git/:repository/commit` with `{path, content, message, author}`: a
 *   commit on main by somebody who does not use Slipway; without content it deletes
 */
export class ControlServer {
  readonly #options: ControlServerOptions;
  readonly #faults = new Map<string, ClusterFault>();
  readonly #moods = new Map<string, Mood>();
  #server!: Server;

  static async create(options: ControlServerOptions): Promise<ControlServer> {
    const control = new ControlServer(options);
    await control.#listen();
    return control;
  }

  private constructor(options: ControlServerOptions) {
    this.#options = options;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>(resolve =>
      this.#server.close(() => resolve()),
    );
    this.#server.closeAllConnections();
    await closed;
  }

  async #listen(): Promise<void> {
    const app = express();
    app.use(express.json({ limit: '2mb' }));
    const route =
      (work: (request: Request) => Promise<unknown>) =>
      (request: Request, response: Response, next: NextFunction) => {
        work(request).then(result => response.json(result), next);
      };
    app.get(
      '/state',
      route(async () => this.#state()),
    );
    app.post(
      '/clusters/:name/fault',
      route(request => this.#setFault(request.params.name, request.body)),
    );
    app.post(
      '/clusters/:name/applications/:application/:mood',
      route(async ({ params }) => {
        await this.#setMood(params.name, params.application, params.mood);
        return { ok: true };
      }),
    );
    app.post(
      '/git/:repository/commit',
      route(request => this.#commit(request)),
    );
    app.use(
      (
        error: Error & { status?: number },
        _request: Request,
        response: Response,
        _next: NextFunction,
      ) => {
        response.status(error.status ?? 500).json({ error: error.message });
      },
    );
    await new Promise<void>((resolve, reject) => {
      this.#server = app.listen(this.#options.port, '127.0.0.1', () =>
        resolve(),
      );
      this.#server.once('error', reject);
    });
  }

  async #state(): Promise<unknown> {
    const { git, clusters, argoCds } = this.#options;
    const repositories = await Promise.all(
      git.repositories().map(async repository => ({
        name: repository.name,
        url: git.repositoryUrl(repository.name),
        head: await repository.resolve('main'),
      })),
    );
    return {
      repositories,
      clusters: [...clusters.values()].map(({ name, url }) => ({
        name,
        url,
        fault: this.#faults.get(name) ?? { type: 'none' },
        applications: (argoCds.get(name)?.applications() ?? []).map(
          ({ metadata, status }) => ({
            name: metadata.name,
            sync: status?.sync?.status,
            health: status?.health?.status,
            revision: status?.sync?.revision ?? status?.sync?.revisions,
            operation: status?.operationState?.phase,
            conditions: status?.conditions?.map(
              ({ type, message }) => `${type}: ${message}`,
            ),
            mood: this.#moods.get(`${name}/${metadata.name}`),
          }),
        ),
      })),
    };
  }

  async #setFault(
    name: string,
    fault: ClusterFault | { type: 'none' },
  ): Promise<unknown> {
    const cluster = this.#options.clusters.get(name);
    if (!cluster) {
      throw new ControlError(404, `there is no cluster '${name}'`);
    }
    if (typeof fault?.type !== 'string') {
      throw new ControlError(400, `a fault has a 'type'`);
    }
    if (fault.type === 'none') {
      this.#faults.delete(name);
      await cluster.setFault(undefined);
    } else {
      await cluster.setFault(fault);
      this.#faults.set(name, fault);
    }
    return { cluster: name, fault };
  }

  async #setMood(name: string, applicationName: string, mood: string) {
    const argoCd = this.#options.argoCds.get(name);
    const application = argoCd?.application(applicationName);
    if (!argoCd || !application) {
      throw new ControlError(
        404,
        `cluster '${name}' has no Application '${applicationName}'`,
      );
    }
    if (!isMood(mood)) {
      throw new ControlError(
        404,
        `'${mood}' is none of degrade, slow, outofsync, recover`,
      );
    }
    await applyMood(argoCd, application, mood);
    const key = `${name}/${applicationName}`;
    if (mood === 'recover') {
      this.#moods.delete(key);
    } else {
      this.#moods.set(key, mood);
    }
  }

  async #commit({ params, body }: Request): Promise<unknown> {
    const { path, content, message, author } = body ?? {};
    const isPath =
      typeof path === 'string' &&
      /^[^/"\n][^\n]*$/.test(path) &&
      path.split('/').every(part => !['', '.', '..', '.git'].includes(part));
    if (!isPath || !['string', 'undefined'].includes(typeof content)) {
      throw new ControlError(
        400,
        `a commit needs a 'path' inside the repository and a 'content' that is text`,
      );
    }
    if (!this.#options.git.repository(params.repository)) {
      throw new ControlError(
        404,
        `there is no repository '${params.repository}'`,
      );
    }
    const name = String(author?.name ?? author ?? 'outsider').replace(
      /[<>\n]/g,
      '',
    );
    const email = String(author?.email ?? `${name}@example.com`).replace(
      /[<>\n\s]/g,
      '',
    );
    const commit = await this.#options.git.commit(params.repository, 'main', [
      {
        message: String(message ?? `Change ${path}`),
        author: { name, email },
        date: new Date(),
        files: new Map([[path, content]]),
      },
    ]);
    return { commit };
  }
}
