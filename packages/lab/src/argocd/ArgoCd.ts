import { mkdir } from 'fs/promises';
import { connect } from 'net';
import { delimiter, join } from 'path';
import { Cluster } from '../kubernetes';
import { answers, freePort, Program, until } from '../program';
import { ArgoCdApi } from './ArgoCdApi';
import { argoCdParts, ArgoCdPorts } from './commandLines';
import { DEFAULT_NAMESPACE, installArgoCd, READER } from './installObjects';
import { remoteClusterSecret } from './remoteCluster';
import type { Application } from './types';

/** Options of {@link ArgoCd.create}. */
export interface ArgoCdOptions {
  /** The cluster that it is installed on and delivers to. */
  cluster: Cluster;
  programs: string;
  /** Where it keeps its files. */
  folder: string;
  onDeath: (reason: Error) => void;
  /**
   * Environment variables of its programs: every flag has one, see
   * `argocd-cmd-params-cm` in its documentation.
   */
  env?: Record<string, string>;
  /** Where it lives; a cluster may have several. */
  namespace?: string;
  /** Runs its source hydrator as well. */
  hydrator?: boolean;
}

/** A real Argo CD, its programs running outside of the cluster that it is on. */
export class ArgoCd {
  /** Of its API, plain HTTP. */
  readonly url: string;
  readonly #options: ArgoCdOptions;
  readonly #programs: Program[] = [];
  #adminToken = '';
  #readerToken = '';

  static async create(options: ArgoCdOptions): Promise<ArgoCd> {
    const ports: ArgoCdPorts = {
      redis: await freePort(),
      repoServer: await freePort(),
      repoServerMetrics: await freePort(),
      controllerMetrics: await freePort(),
      applicationSetMetrics: await freePort(),
      applicationSetProbe: await freePort(),
      applicationSetWebhook: await freePort(),
      server: await freePort(),
      serverMetrics: await freePort(),
      commitServer: await freePort(),
      commitServerMetrics: await freePort(),
    };
    const argoCd = new ArgoCd(options, `http://127.0.0.1:${ports.server}`);
    try {
      const { cluster, programs } = options;
      await installArgoCd(cluster.admin, programs, argoCd.namespace);
      await argoCd.#start(ports);
      await argoCd.#makeTokens();
      return argoCd;
    } catch (error) {
      await argoCd.stop();
      throw error;
    }
  }

  private constructor(options: ArgoCdOptions, url: string) {
    this.#options = options;
    this.url = url;
  }

  get cluster(): Cluster {
    return this.#options.cluster;
  }

  get namespace(): string {
    return this.#options.namespace ?? DEFAULT_NAMESPACE;
  }

  /** For its API: may do everything. */
  get adminToken(): string {
    return this.#adminToken;
  }

  /** For its API: may read everything. */
  get readerToken(): string {
    return this.#readerToken;
  }

  /** Its API, as its administrator. */
  get api(): ArgoCdApi {
    return ArgoCdApi.create({ url: this.url, token: this.#adminToken });
  }

  /** Lets it deliver to another cluster, which its Applications name by its `url` or its name. */
  async addRemote(remote: Cluster): Promise<void> {
    await this.cluster.admin.apply(
      await remoteClusterSecret(remote, this.namespace),
    );
  }

  /** Has it look at Git now, as the button does. */
  async refresh(application: string): Promise<void> {
    await this.cluster.admin.mergePatch(this.#applicationPath(application), {
      metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } },
    });
  }

  /** Resolves to the Application once it is as the condition wants it. */
  waitForApplication(
    name: string,
    condition: (application: Application) => boolean,
    options: { what?: string; timeoutMs?: number } = {},
  ): Promise<Application> {
    return this.cluster.admin.waitFor(this.#applicationPath(name), condition, {
      what: `Application ${name} is as wanted`,
      ...options,
    });
  }

  /** The processes by their names, for measuring them. */
  get pids(): Record<string, number | undefined> {
    return Object.fromEntries(
      this.#programs.map(({ name, pid }) => [name, pid]),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.#programs.map(program => program.stop()));
  }

  async #start(ports: ArgoCdPorts): Promise<void> {
    const { folder, hydrator = false } = this.#options;
    const { namespace } = this;
    const redis = this.#run('redis', 'labredis', [`127.0.0.1:${ports.redis}`]);
    await redis.ready(() => accepts(ports.redis));
    const env = await this.#environment(folder);
    await Promise.all(
      argoCdParts(ports, { hydrator, namespace }).map(
        ({ name, args, health }) =>
          this.#run(name, 'argocd', args, {
            ...env,
            ARGOCD_BINARY_NAME: name,
            ...this.#options.env,
          }).ready(() => answers(health)),
      ),
    );
  }

  async #environment(folder: string): Promise<Record<string, string>> {
    const { programs, cluster } = this.#options;
    const folders = {
      HOME: join(folder, 'home'),
      TMPDIR: join(folder, 'tmp'),
      ARGOCD_TLS_DATA_PATH: join(folder, 'tls'),
      ARGOCD_SSH_DATA_PATH: join(folder, 'ssh'),
      ARGOCD_GNUPGHOME: join(folder, 'gpg', 'keys'),
      ARGOCD_GPG_DATA_PATH: join(folder, 'gpg', 'source'),
      ARGOCD_PLUGINSOCKFILEPATH: join(folder, 'plugins'),
    };
    for (const path of Object.values(folders)) {
      await mkdir(path, { recursive: true });
    }
    return {
      ...folders,
      GOGC: '50',
      ARGOCD_GPG_ENABLED: 'false',
      KUBECONFIG: cluster.adminKubeconfig,
      // It takes the kubeconfig's cluster for the one that it runs in.
      ARGOCD_FAKE_IN_CLUSTER: 'true',
      // It calls git, and helm and kustomize, which are built programs.
      PATH: `${programs}${delimiter}${process.env.PATH}`,
    };
  }

  #run(
    name: string,
    program: string,
    args: string[],
    env?: Record<string, string>,
  ): Program {
    const { programs, folder, cluster, onDeath } = this.#options;
    const running = Program.start({
      name: `${cluster.name}-${name}`,
      programs,
      program,
      args,
      env,
      logs: join(folder, 'logs'),
      onDeath,
    });
    this.#programs.push(running);
    return running;
  }

  #applicationPath(name: string): string {
    return `/apis/argoproj.io/v1alpha1/namespaces/${this.namespace}/applications/${name}`;
  }

  async #makeTokens(): Promise<void> {
    // The API server makes it when it starts for the first time.
    const encoded = await until(
      async () => {
        const secret = await this.cluster.admin.find<{
          data?: { password?: string };
        }>(
          `/api/v1/namespaces/${this.namespace}/secrets/argocd-initial-admin-secret`,
        );
        return secret?.data?.password;
      },
      { what: 'Argo CD has made a password' },
    );
    const password = Buffer.from(encoded, 'base64').toString();
    const api = ArgoCdApi.create({ url: this.url });
    this.#adminToken = await api.signIn('admin', password);
    this.#readerToken = await this.api.createToken(READER);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
