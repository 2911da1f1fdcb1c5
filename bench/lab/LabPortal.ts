import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from '../../packages/lab/src';
import type { SlipwayApi } from '../../plugins/slipway-common/src';
import { tryPort } from '../../scripts/lib/ports.mjs';
import { slipwayApi } from '../slipwayApi';
import type { Usage } from './portalProcess';

const ROOT = join(__dirname, '..', '..');
const STOP_MS = 10_000;
const READY_MS = 120_000;

/** Options of {@link LabPortal.start}. */
export interface LabPortalOptions {
  /** Where it keeps its database and its caches; must not be another portal's. */
  directory: string;
  /** URL of the one config repo, which is called `estate`. */
  repoUrl: string;
  clusters: PortalCluster[];
}

/** A cluster as Slipway's configuration names it; its files may come to be there later. */
export interface PortalCluster {
  name: string;
  kubeconfig: string;
}

/** The portal of `npm start` on clusters of a lab, alone in its process. */
export class LabPortal {
  /** Of its pages. */
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #directory: string;
  #token = '';

  static async start(options: LabPortalOptions): Promise<LabPortal> {
    const { directory } = options;
    const port = await tryPort(0);
    if (!port) throw new Error('There is no free port');
    await mkdir(join(directory, 'database'), { recursive: true });
    const config = join(directory, 'app-config.bench.yaml');
    // JSON is YAML.
    await writeFile(config, JSON.stringify(toConfig(options)));
    const child = fork(
      join(__dirname, 'portalProcess.ts'),
      [
        join(ROOT, 'app-config.yaml'),
        join(ROOT, 'app-config.demo.yaml'),
        config,
      ].flatMap(file => ['--config', file]),
      {
        cwd: join(ROOT, 'packages', 'backend'),
        execArgv: [...process.execArgv, '--expose-gc'],
        env: {
          ...process.env,
          NODE_ENV: 'development',
          LOG_LEVEL: 'error',
          SLIPWAY_DEMO_PORT: String(port),
          SLIPWAY_DEMO_DATABASE: join(directory, 'database'),
          SLIPWAY_DEMO_WEBHOOK_SECRET: 'bench',
        },
      },
    );
    const portal = new LabPortal(child, directory, `http://localhost:${port}`);
    try {
      await portal.#signIn();
      return portal;
    } catch (error) {
      await portal.stop();
      throw error;
    }
  }

  private constructor(child: ChildProcess, directory: string, url: string) {
    this.#child = child;
    this.#directory = directory;
    this.url = url;
  }

  /** The file of Slipway's own database (SQLite). */
  get database(): string {
    return join(this.#directory, 'database', 'slipway.sqlite');
  }

  get token(): string {
    return this.#token;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Slipway's, as the engineer. */
  get api(): SlipwayApi {
    return slipwayApi(`${this.url}/api/slipway`, this.#token);
  }

  /** What the process uses; `collect` collects garbage first. */
  async usage(options: { collect: boolean }): Promise<Usage> {
    const used = new Promise<Usage>(resolve => {
      const hear = (message: { used?: Usage }) => {
        // The loader of the sources uses the same channel, for words of its own.
        if (!message.used) return;
        this.#child.off('message', hear);
        resolve(message.used);
      };
      this.#child.on('message', hear);
    });
    this.#child.send({ usage: options });
    return used;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    await exited;
    clearTimeout(timer);
  }

  async #signIn(): Promise<void> {
    const end = Date.now() + READY_MS;
    while (Date.now() < end) {
      if (this.#child.exitCode !== null) break;
      const response = await fetch(`${this.url}/api/auth/demo/refresh`, {
        headers: {
          'x-demo-user': 'engineer',
          'x-requested-with': 'XMLHttpRequest',
        },
      }).catch(() => undefined);
      const body = await response?.text();
      if (response?.ok && body) {
        this.#token = JSON.parse(body).backstageIdentity.token;
        return;
      }
      await delay(100);
    }
    throw new Error('The portal let nobody sign in');
  }
}

/** A cluster of the lab, through its link and with Slipway's own account. */
export function portalCluster(cluster: Cluster): PortalCluster {
  return { name: cluster.name, kubeconfig: cluster.slipwayKubeconfig };
}

function toConfig({ directory, repoUrl, clusters }: LabPortalOptions) {
  return {
    slipway: {
      cacheDirectory: join(directory, 'cache'),
      // It hears of pushes of its own at once, and is told of others.
      configRepos: [{ name: 'estate', url: repoUrl, refresh: { minutes: 60 } }],
      clusters: clusters.map(({ name, kubeconfig }) => ({
        name,
        engines: ['argocd'],
        auth: { type: 'kubeconfig', file: kubeconfig },
      })),
    },
  };
}
