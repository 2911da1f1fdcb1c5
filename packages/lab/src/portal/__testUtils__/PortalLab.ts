import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import type { JsonObject } from '@backstage/types';
import type {
  ClusterEngine,
  ModuleState,
} from '@slipway/backstage-plugin-slipway-common';
import { builtPrograms } from '../../build';
import { Portal } from '../../conformance/__testUtils__/Portal';
import { REPOSITORY } from '../../conformance/__testUtils__/Subject';
import type { Cluster } from '../../kubernetes';
import { Lab } from '../../lab';
import { until } from '../../program';
import { Account } from './Account';
import { Applications } from './Applications';

/** Of the cluster, and of the environment on it. */
export const CENTER = 'center';
/** On a machine that does other things too. */
const SETTLED = 120_000;
const AUTHOR = { name: 'engineer', email: 'engineer@example.com' };

/**
 * A portal on a real API server with an etcd of its own, where a test writes Applications as Argo CD would. The portal
 * signs in with an account of the test's.
 */
export class PortalLab {
  readonly lab: Lab;
  readonly programs: string;
  readonly folder: string;
  readonly center: Cluster;
  readonly account: Account;
  readonly applications: Applications;
  #portal: Portal | undefined;

  static async create(): Promise<PortalLab> {
    const programs = await builtPrograms();
    const folder = await mkdtemp(join(tmpdir(), 'slipway-portal-lab-'));
    const lab = await Lab.create({ programs });
    try {
      const center = await lab.addCluster(CENTER, { ownsEtcd: true });
      const applications = Applications.of({
        cluster: center,
        repoUrl: lab.git.repositoryUrl(REPOSITORY),
      });
      await applications.define(programs);
      const tokenFile = join(folder, 'token');
      const name = 'portal';
      const account = await Account.create({
        cluster: center,
        name,
        tokenFile,
      });
      return new PortalLab({
        lab,
        programs,
        folder,
        center,
        account,
        applications,
      });
    } catch (error) {
      await lab.stop();
      throw error;
    }
  }

  private constructor(
    parts: Pick<
      PortalLab,
      'lab' | 'programs' | 'folder' | 'center' | 'account' | 'applications'
    >,
  ) {
    this.lab = parts.lab;
    this.programs = parts.programs;
    this.folder = parts.folder;
    this.center = parts.center;
    this.account = parts.account;
    this.applications = parts.applications;
  }

  get repoUrl(): string {
    return this.lab.git.repositoryUrl(REPOSITORY);
  }

  /**
   * Starts the portal with the centre and further clusters, and a repository that has these modules.
   *
   * @param options - `modules` as `{environment}/{module}`; an environment is on the cluster of its name
   */
  async start(options: {
    modules: string[];
    /** In place of what the account's cluster has. */
    caFile?: string;
    clusters?: JsonObject[];
    config?: JsonObject;
  }): Promise<Portal> {
    const { modules, caFile, clusters = [], config } = options;
    await this.lab.git.createRepository(REPOSITORY);
    await this.lab.git.commit(REPOSITORY, 'main', [
      {
        message: 'Deliver what there is',
        author: AUTHOR,
        date: new Date(),
        files: repositoryFiles(REPOSITORY, modules),
      },
    ]);
    this.#portal = await Portal.start({
      git: this.lab.git.url,
      config,
      clusters: [
        {
          name: CENTER,
          engines: ['argocd'],
          auth: {
            type: 'serviceAccount',
            server: this.center.url,
            tokenFile: this.account.tokenFile,
            caFile: caFile ?? this.center.caFile,
          },
        },
        ...clusters,
      ],
    });
    return this.#portal;
  }

  /** Resolves to what the clusters page says once it is connected so, for that reason; `''` is none. */
  async becomes(
    connection: ClusterEngine['connection'],
    reason = '',
    cluster = CENTER,
    params: Record<string, string> = {},
  ): Promise<ClusterEngine> {
    let last: ClusterEngine | undefined;
    try {
      return await until(
        async () => {
          last = (await this.#portal!.cluster(cluster)).engines[0];
          return last.connection === connection &&
            (last.reason?.code ?? '') === reason &&
            Object.entries(params).every(
              ([key, value]) => last?.reason?.params[key] === value,
            )
            ? last
            : undefined;
        },
        { what: `${cluster} is ${connection} ${reason}`, timeoutMs: SETTLED },
      );
    } catch (error) {
      throw new Error(`${(error as Error).message}: ${JSON.stringify(last)}`);
    }
  }

  /** Resolves once a module of the centre shows that version; undefined is that nobody delivers it. */
  async shows(
    module: string,
    version: number | undefined,
    environment = CENTER,
  ): Promise<ModuleState> {
    let last: unknown;
    try {
      return await until(
        async () => {
          const shown = await this.#portal!.module(environment, module);
          last = shown?.version;
          return shown && last === (version && `${version}`)
            ? shown.state
            : undefined;
        },
        {
          what: `${environment}/${module} shows ${version}`,
          timeoutMs: SETTLED,
        },
      );
    } catch (error) {
      throw new Error(`${(error as Error).message}: ${last}`);
    }
  }

  /** Has the portal connect anew: what it is connected with stays good until then. */
  async reconnect(cluster: Cluster = this.center): Promise<void> {
    await cluster.link.cut();
    await cluster.link.restore();
  }

  async stop(): Promise<void> {
    await this.#portal?.stop();
    await this.lab.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Of a config repo with these modules, `{environment}/{module}`; each environment is on the cluster of its name. */
export function repositoryFiles(
  name: string,
  modules: string[],
): Map<string, string> {
  const environments = new Set(modules.map(module => module.split('/')[0]));
  return new Map([
    [
      '.slipway/repo.yaml',
      `apiVersion: slipway.dev/v1alpha1\nkind: ConfigRepo\nmetadata: { name: ${name} }\nspec: {}\n`,
    ],
    ...[...environments].map(environmentFile),
    ...modules.map((module): [string, string] => [
      `${module}/a.yaml`,
      'a: 1\n',
    ]),
  ]);
}

function environmentFile(environment: string): [string, string] {
  return [
    `.slipway/environments/${environment}.yaml`,
    `apiVersion: slipway.dev/v1alpha1
kind: Environment
metadata: { name: ${environment} }
spec:
  targets: [{ cluster: ${environment}, namespace: ${environment} }]
`,
  ];
}
