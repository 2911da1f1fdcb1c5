import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { builtPrograms } from '../../build';
import { Lab } from '../../lab';
import { Applications } from './Applications';
import { repositoryFiles } from './PortalLab';
import { PortalProcess } from './PortalProcess';
import { StoreWatch } from './StoreWatch';
import { Writers } from './Writers';

const REPOSITORY = 'shop';
const SERVERS = ['east', 'west'];
/** Each API server is watched as several clusters, a namespace each, so that there is something to split. */
const PARTS = 4;
const MODULES = Array.from({ length: 5 }, (_, index) => `m${index}`);
const PORTALS = 3;

/** Real API servers on which Applications change all the time, and portals that are processes on one database. */
export class ReplicaLab {
  readonly clusters: string[];
  /** How many Applications are on each cluster at first. */
  readonly objects = MODULES.length;
  readonly portals: PortalProcess[];
  readonly writers: Writers;
  readonly #knex: Knex;
  readonly #lab: Lab;
  readonly #folder: string;
  readonly #config: JsonObject[];
  #store: StoreWatch | undefined;

  /** @param knex - of an empty PostgreSQL database */
  static async create(knex: Knex): Promise<ReplicaLab> {
    const programs = await builtPrograms();
    const lab = await Lab.create({ programs });
    const loading = Array.from({ length: PORTALS }, PortalProcess.load);
    try {
      await lab.addClusters(SERVERS);
      const parts = SERVERS.flatMap(server =>
        Array.from({ length: PARTS }, (_, part) => ({
          name: `${server}-${part}`,
          on: lab.cluster(server),
        })),
      );
      await lab.git.createRepository(REPOSITORY);
      await lab.git.commit(REPOSITORY, 'main', [
        {
          message: 'Deliver the shop',
          author: { name: 'engineer', email: 'engineer@example.com' },
          date: new Date(),
          files: repositoryFiles(
            REPOSITORY,
            parts.flatMap(({ name }) => MODULES.map(m => `${name}/${m}`)),
          ),
        },
      ]);
      const repoUrl = lab.git.repositoryUrl(REPOSITORY);
      const applications = new Map<string, Applications>();
      for (const { name, on } of parts) {
        const of = Applications.of({ cluster: on, repoUrl, namespace: name });
        await of.define(programs);
        applications.set(name, of);
      }
      return new ReplicaLab({
        knex,
        lab,
        folder: await mkdtemp(join(tmpdir(), 'slipway-portals-')),
        portals: await Promise.all(loading),
        writers: await Writers.create({ applications, modules: MODULES }),
        clusters: parts.map(({ name, on }) => ({
          name,
          engines: ['argocd'],
          argocd: { namespaces: [name] },
          auth: { type: 'kubeconfig', file: on.slipwayKubeconfig },
        })),
      });
    } catch (error) {
      await Promise.all(loading.map(async portal => (await portal).kill()));
      await lab.stop();
      throw error;
    }
  }

  private constructor(parts: {
    knex: Knex;
    lab: Lab;
    folder: string;
    portals: PortalProcess[];
    writers: Writers;
    clusters: Array<JsonObject & { name: string }>;
  }) {
    this.#knex = parts.knex;
    this.#lab = parts.lab;
    this.#folder = parts.folder;
    this.#config = parts.clusters;
    this.portals = parts.portals;
    this.writers = parts.writers;
    this.clusters = parts.clusters.map(({ name }) => name);
  }

  /** There is one as soon as a portal has made the tables. */
  get store(): StoreWatch {
    return this.#store!;
  }

  /** Makes a portal of a process. All have the same settings. */
  async start(portal: PortalProcess): Promise<void> {
    await portal.start({
      database: this.#knex.client.config.connection,
      config: {
        backend: { baseUrl: 'http://localhost:7007' },
        slipway: {
          cacheDirectory: join(this.#folder, `${portal.pid}`),
          configRepos: [
            { name: REPOSITORY, url: this.#lab.git.repositoryUrl(REPOSITORY) },
          ],
          clusters: this.#config,
        },
      },
    });
    this.#store ??= StoreWatch.start(this.#knex);
  }

  /** How many clusters each process watches, by its id. */
  async holders(): Promise<Record<string, number>> {
    const rows: Array<{ holder: string }> = await this.#knex('leases')
      .where('key', 'like', 'cluster:%')
      .where('expires_at', '>', new Date().toISOString())
      .select('holder');
    const counts: Record<string, number> = {};
    for (const { holder } of rows) {
      const [, pid] = holder.split(':');
      counts[pid] = (counts[pid] ?? 0) + 1;
    }
    return counts;
  }

  async stop(): Promise<void> {
    await this.writers.stop();
    await this.#store?.stop();
    await Promise.all(this.portals.map(portal => portal.kill()));
    await this.#lab.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
