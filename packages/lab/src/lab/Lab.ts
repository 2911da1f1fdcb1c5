import { mkdir, mkdtemp, readdir, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { GitServer } from 'demo';
import { ArgoCd, type ArgoCdOptions } from '../argocd';
import { Flux } from '../flux';
import { Cluster, Etcd } from '../kubernetes';
import { LabError } from '../LabError';

/** More at once do not start sooner: each takes a core for some seconds. */
const CLUSTERS_AT_ONCE = 4;

/** Options of {@link Lab.create}. */
export interface LabOptions {
  /** The folder of built programs, see `builtPrograms`. */
  programs: string;
  /** Where everything is kept, emptied at the start; a temporary folder that goes with the lab unless told. */
  folder?: string;
}

/** Says of a folder that a lab made it, and so may remove it. */
const MARK = '.slipway-lab';

/**
 * Makes a folder, anew where a lab was in it.
 * @throws LabError when somebody else's files are in it.
 */
async function emptyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const present = await readdir(folder);
  if (present.length > 0 && !present.includes(MARK)) {
    throw new LabError(`${folder} has files that no lab made: name another.`);
  }
  await rm(folder, { recursive: true });
  await mkdir(folder, { mode: 0o700 });
  await writeFile(join(folder, MARK), '');
}

/**
 * Real control planes and sync engines on this machine, with a Git server. It
 * is empty at first: add clusters, then engines on them. All of it ends with
 * `stop`, and with the process.
 */
export class Lab {
  readonly git: GitServer;
  /** Rejects, with the reason, when a part of it ends by itself. */
  readonly died: Promise<never>;
  readonly #options: LabOptions;
  readonly #folder: string;
  readonly #etcd: Etcd;
  readonly #onDeath: (reason: Error) => void;
  readonly #clusters = new Map<string, Cluster>();
  readonly #argoCds = new Map<string, ArgoCd>();
  readonly #fluxes = new Map<string, Flux>();

  static async create(options: LabOptions): Promise<Lab> {
    const folder =
      options.folder ?? (await mkdtemp(join(tmpdir(), 'slipway-lab-')));
    await emptyFolder(folder);
    let onDeath!: (reason: Error) => void;
    const died = new Promise<never>((_, reject) => {
      onDeath = reject;
    });
    // Whoever does not ask need not handle it.
    died.catch(() => {});
    const { programs } = options;
    const git = await GitServer.create({ root: join(folder, 'git'), port: 0 });
    const etcd = await Etcd.create({ programs, folder, onDeath }).catch(
      async error => {
        await git.stop();
        throw error;
      },
    );
    return new Lab(options, { folder, etcd, git, died, onDeath });
  }

  private constructor(
    options: LabOptions,
    parts: {
      folder: string;
      etcd: Etcd;
      git: GitServer;
      died: Promise<never>;
      onDeath: (reason: Error) => void;
    },
  ) {
    this.#options = options;
    this.#folder = parts.folder;
    this.#etcd = parts.etcd;
    this.#onDeath = parts.onDeath;
    this.git = parts.git;
    this.died = parts.died;
  }

  get clusters(): ReadonlyMap<string, Cluster> {
    return this.#clusters;
  }

  /** By the cluster that each is on; `cluster/namespace` for one that lives elsewhere than usual. */
  get argoCds(): ReadonlyMap<string, ArgoCd> {
    return this.#argoCds;
  }

  /** By the cluster that each is on. */
  get fluxes(): ReadonlyMap<string, Flux> {
    return this.#fluxes;
  }

  /** The cluster of that name; throws where there is none. */
  cluster(name: string): Cluster {
    const cluster = this.#clusters.get(name);
    if (!cluster) {
      throw new LabError(
        `There is no cluster "${name}". There are: ${[
          ...this.#clusters.keys(),
        ].join(', ')}.`,
      );
    }
    return cluster;
  }

  /** With an etcd of its own, it can be rewound, and is wiped down to its versions. */
  async addCluster(
    name: string,
    options: { ownsEtcd?: boolean } = {},
  ): Promise<Cluster> {
    const { ownsEtcd = false } = options;
    const parts = this.#parts(join('clusters', name));
    const etcd = ownsEtcd ? await Etcd.create(parts) : this.#etcd;
    try {
      const cluster = await Cluster.create({ ...parts, name, etcd, ownsEtcd });
      this.#clusters.set(name, cluster);
      return cluster;
    } catch (error) {
      if (ownsEtcd) {
        await etcd.stop();
      }
      throw error;
    }
  }

  /** Adds several, some of them at a time. Where one fails, those that are there by then stay. */
  async addClusters(names: string[]): Promise<void> {
    const left = [...names];
    const worker = async () => {
      for (let name = left.shift(); name; name = left.shift()) {
        try {
          await this.addCluster(name);
        } catch (error) {
          left.length = 0;
          throw error;
        }
      }
    };
    // Not before all have ended: who stops the lab then stops all that there is.
    const ends = await Promise.allSettled(
      Array.from({ length: CLUSTERS_AT_ONCE }, worker),
    );
    for (const end of ends) {
      if (end.status === 'rejected') {
        throw end.reason;
      }
    }
    // They are told in the order in which they were asked for.
    for (const name of names) {
      const cluster = this.cluster(name);
      this.#clusters.delete(name);
      this.#clusters.set(name, cluster);
    }
  }

  /** Installs Argo CD on a cluster. */
  async addArgoCd(
    cluster: Cluster,
    options: Pick<ArgoCdOptions, 'env' | 'hydrator' | 'namespace'> = {},
  ): Promise<ArgoCd> {
    const { namespace } = options;
    const name = namespace ? join(cluster.name, namespace) : cluster.name;
    const argoCd = await ArgoCd.create({
      ...this.#parts(join('argocd', name)),
      ...options,
      cluster,
    });
    this.#argoCds.set(name, argoCd);
    return argoCd;
  }

  /** Installs Flux on a cluster. */
  async addFlux(cluster: Cluster): Promise<Flux> {
    const flux = await Flux.create({
      ...this.#parts(join('flux', cluster.name)),
      cluster,
    });
    this.#fluxes.set(cluster.name, flux);
    return flux;
  }

  async stop(): Promise<void> {
    await Promise.all(
      [
        ...this.#argoCds.values(),
        ...this.#fluxes.values(),
        ...this.#clusters.values(),
        this.#etcd,
        this.git,
      ].map(part => part.stop()),
    );
    if (!this.#options.folder) {
      await rm(this.#folder, { recursive: true, force: true });
    }
  }

  #parts(folder: string) {
    return {
      programs: this.#options.programs,
      folder: join(this.#folder, folder),
      onDeath: this.#onDeath,
    };
  }
}
