import { mkdir, readFile, writeFile } from 'fs/promises';
import { join } from 'path';
import { ArgoCdStandIn, createGitSource } from './argocd';
import { ControlServer } from './control';
import { GitServer } from './git';
import { DemoCluster } from './kubernetes';
import { demoClusters } from './seed';
import { findExamples } from './seed/exampleRepos';
import { seedClusters } from './seed/seedClusters';
import { seedRepositories } from './seed/seedRepositories';

/** Ports on 127.0.0.1. */
export interface DemoPorts {
  git: number;
  clusters: Record<string, number>;
  control: number;
}

/** Options of {@link startDemo}. */
export interface StartDemoOptions {
  /** Repositories and clusters are kept here from one start to the next. */
  dataDir: string;
  /**
   * 7480 to 7486 unless told. `ephemeral` lets the system choose on the first
   * start; later ones on the same folder keep those, since repositories and
   * clusters name each other's addresses.
   */
  ports?: Partial<DemoPorts> | 'ephemeral';
  /** Where pushes are told. */
  webhook?: { url: string; secret: string };
  /** How long a roll-out takes, in milliseconds. */
  workloadDelay?: number;
}

/** A running demo. */
export interface Demo {
  urls: { git: string; clusters: Record<string, string>; control: string };
  git: GitServer;
  clusters: Map<string, DemoCluster>;
  argoCds: Map<string, ArgoCdStandIn>;
  stop(): Promise<void>;
}

/** The ports that are used when none are told. */
export const DEFAULT_PORTS: DemoPorts = {
  git: 7480,
  clusters: Object.fromEntries(
    demoClusters.map(({ name, port }) => [name, port]),
  ),
  control: 7486,
};

/** Starts the Git server, the clusters, their Argo CDs and the control API; seeds what is not there yet. */
export async function startDemo(options: StartDemoOptions): Promise<Demo> {
  const { dataDir, webhook, workloadDelay } = options;
  await mkdir(join(dataDir, 'clusters'), { recursive: true });
  const portsFile = join(dataDir, 'ports.json');
  const known: DemoPorts | undefined = await readFile(portsFile, 'utf8').then(
    JSON.parse,
    () => undefined,
  );
  const ports = choosePorts(options.ports, known);
  const stops: Array<() => Promise<unknown>> = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) {
      await end();
    }
  };
  try {
    const git = await GitServer.create({
      root: join(dataDir, 'git'),
      port: ports.git,
      webhooks: webhook ? [webhook] : [],
    });
    stops.push(() => git.stop());
    const clusters = new Map<string, DemoCluster>();
    for (const { name } of demoClusters) {
      const cluster = await DemoCluster.create({
        name,
        port: ports.clusters[name] ?? 0,
        dataFile: join(dataDir, 'clusters', `${name}.json`),
        workloadDelay,
      });
      stops.push(() => cluster.stop());
      clusters.set(name, cluster);
    }
    const addresses = {
      git: git.url,
      clusters: Object.fromEntries(
        [...clusters].map(([name, { url }]) => [name, url]),
      ),
    };
    if (!known) {
      const examples = findExamples();
      await seedRepositories(git, examples, addresses, new Date());
      await seedClusters(examples, addresses);
    }
    const argoCds = new Map<string, ArgoCdStandIn>();
    for (const { name } of demoClusters.filter(({ hasArgoCd }) => hasArgoCd)) {
      const argoCd = await ArgoCdStandIn.create({
        cluster: { name, url: addresses.clusters[name] },
        git: createGitSource(git),
      });
      stops.push(() => argoCd.stop());
      argoCds.set(name, argoCd);
    }
    const control = await ControlServer.create({
      port: ports.control,
      git,
      clusters,
      argoCds,
    });
    stops.push(() => control.stop());
    if (!known) {
      // Last, so that a start that was cut short seeds again.
      await writeFile(
        portsFile,
        JSON.stringify({
          git: portOf(git.url),
          clusters: Object.fromEntries(
            Object.entries(addresses.clusters).map(([name, url]) => [
              name,
              portOf(url),
            ]),
          ),
          control: portOf(control.url),
        }),
      );
    }
    return {
      urls: { ...addresses, control: control.url },
      git,
      clusters,
      argoCds,
      stop,
    };
  } catch (error) {
    await stop();
    throw explainPort(error as NodeJS.ErrnoException & { port?: number });
  }
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

function choosePorts(
  wanted: StartDemoOptions['ports'],
  known: DemoPorts | undefined,
): DemoPorts {
  if (wanted === 'ephemeral') {
    return known ?? { git: 0, clusters: {}, control: 0 };
  }
  const ports = {
    ...DEFAULT_PORTS,
    ...wanted,
    clusters: { ...DEFAULT_PORTS.clusters, ...wanted?.clusters },
  };
  const isMoved =
    known &&
    (known.git !== ports.git ||
      Object.entries(known.clusters).some(
        ([name, port]) => ports.clusters[name] !== port,
      ));
  if (isMoved) {
    throw new Error(
      'the data folder was made for other ports, and its repositories name them: use those ports, another folder, or remove it',
    );
  }
  return ports;
}

function explainPort(error: NodeJS.ErrnoException & { port?: number }): Error {
  return error.code === 'EADDRINUSE'
    ? new Error(
        `port ${error.port} is in use: end what listens there, or start the demo with --ephemeral and another --data-dir`,
      )
    : error;
}
