import { execFile } from 'child_process';
import { X509Certificate } from 'crypto';
import { mkdir, readFile, rename, writeFile } from 'fs/promises';
import { join } from 'path';
import { promisify } from 'util';
import { Link } from '../link';
import { freePort, Program, until } from '../program';
import { AuditedRequest, readAuditLog } from './auditLog';
import {
  AUDIT_POLICY,
  BOOTSTRAP_OBJECTS,
  NODE,
  PROBE_POD,
  SLIPWAY,
} from './bootstrapObjects';
import { CertificateOptions, KubernetesError } from './types';
import {
  apiServerArgs,
  ClusterLayout,
  controllerManagerArgs,
  etcdPrefix,
  kwokArgs,
} from './commandLines';
import { Etcd } from './Etcd';
import { kubeconfig } from './kubeconfig';
import { servedCertificate } from './servedCertificate';
import { KubernetesClient } from './KubernetesClient';
import { slipwayRoles } from './slipwayRoles';

const TOKEN_SECONDS = 7 * 24 * 3600;

/** Options of {@link Cluster.create}. */
export interface ClusterOptions {
  /** Lower case letters, digits and `-`. */
  name: string;
  programs: string;
  /** Where it keeps its files. */
  folder: string;
  etcd: Etcd;
  /** The etcd is nobody else's, and ends with the cluster. */
  ownsEtcd?: boolean;
  onDeath: (reason: Error) => void;
}

/**
 * A real control plane, with a node that kwok plays: Deployments become
 * available and Jobs complete, and no container runs.
 */
export class Cluster {
  readonly name: string;
  /** What everybody but the cluster's own programs connects through. */
  readonly link: Link;
  /** May do everything, and does not go through the link. */
  readonly admin: KubernetesClient;
  /** PEM file of the authority that signed the API server's certificate. */
  readonly caFile: string;
  readonly adminKubeconfig: string;
  /** The administrator's client certificate and its key; PEM files. */
  readonly adminCertFile: string;
  readonly adminKeyFile: string;
  /** Of the account that Slipway signs in with, through the link. */
  readonly slipwayKubeconfig: string;
  /** Its token alone. Like the kubeconfig, it is another one after a wipe. */
  readonly slipwayTokenFile: string;
  readonly #options: ClusterOptions;
  readonly #layout: ClusterLayout;
  #apiServer: Program | undefined;
  #controllers: Program[] = [];
  #emulatedVersion: string | undefined;

  static async create(options: ClusterOptions): Promise<Cluster> {
    const { name, programs, folder, etcd } = options;
    const pki = join(folder, 'pki');
    await mkdir(folder, { recursive: true });
    await promisify(execFile)(join(programs, 'labpki'), [`-dir=${pki}`]);
    const layout: ClusterLayout = {
      name,
      etcdUrl: etcd.url,
      pki,
      port: await freePort(),
      auditPolicy: join(folder, 'audit-policy.yaml'),
      auditLog: join(folder, 'audit.log'),
      adminKubeconfig: join(folder, 'admin.kubeconfig'),
    };
    await writeFile(layout.auditPolicy, AUDIT_POLICY);
    const [ca, cert, key] = await Promise.all(
      ['ca.crt', 'admin.crt', 'admin.key'].map(file =>
        readFile(join(pki, file), 'utf8'),
      ),
    );
    const server = `https://127.0.0.1:${layout.port}`;
    await writeFile(
      layout.adminKubeconfig,
      kubeconfig({ cluster: name, server, ca, user: { cert, key } }),
      { mode: 0o600 },
    );
    const cluster = new Cluster(
      options,
      layout,
      await Link.create({ port: await freePort(), target: layout.port }),
      KubernetesClient.create({ server, ca, cert, key }),
    );
    try {
      await cluster.#start();
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  private constructor(
    options: ClusterOptions,
    layout: ClusterLayout,
    link: Link,
    admin: KubernetesClient,
  ) {
    this.#options = options;
    this.#layout = layout;
    this.name = options.name;
    this.link = link;
    this.admin = admin;
    this.caFile = join(layout.pki, 'ca.crt');
    this.adminKubeconfig = layout.adminKubeconfig;
    this.adminCertFile = join(layout.pki, 'admin.crt');
    this.adminKeyFile = join(layout.pki, 'admin.key');
    this.slipwayKubeconfig = join(options.folder, 'slipway.kubeconfig');
    this.slipwayTokenFile = join(options.folder, 'slipway.token');
  }

  /** The API server's address for clients: through the link. */
  get url(): string {
    return `https://127.0.0.1:${this.link.port}`;
  }

  /** The process of the API server, for measuring it. */
  get apiServerPid(): number | undefined {
    return this.#apiServer?.pid;
  }

  /** A token of a service account, which must be there. */
  async token(namespace: string, account: string): Promise<string> {
    const { status } = await this.admin.post<{ status: { token: string } }>(
      `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`,
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds: TOKEN_SECONDS },
      },
    );
    return status.token;
  }

  /** What service accounts asked of the API server since the cluster was made. */
  requests(): Promise<AuditedRequest[]> {
    return readAuditLog(this.#layout.auditLog);
  }

  /** Kills the API server and starts it again on the same data. */
  async restart(): Promise<void> {
    await this.#apiServer?.stop();
    await this.#startApiServer();
  }

  /** As `restart`, answering as an older release would, such as `1.35`; undefined is its own version. */
  async skew(version: string | undefined): Promise<void> {
    this.#emulatedVersion = version;
    await this.restart();
  }

  /**
   * Loses everything that the cluster holds, as with a new etcd: also its accounts and their tokens. Its versions begin
   * anew where the etcd is its own.
   */
  async wipe(): Promise<void> {
    const { etcd, ownsEtcd } = this.#options;
    await this.#stopPrograms();
    await (ownsEtcd ? etcd.clear() : etcd.wipe(etcdPrefix(this.name)));
    await this.#start();
  }

  /** Keeps a copy of what its etcd holds, which must be its own. */
  async save(): Promise<void> {
    await this.#ownEtcd.save();
  }

  /** Is as it was when it was saved, as after a restore from a backup. */
  async rewind(): Promise<void> {
    const etcd = this.#ownEtcd;
    await this.#stopPrograms();
    await etcd.rewind();
    await this.#startApiServer();
    this.#startControllers();
  }

  /** Has the API server answer with another certificate; without options, with one as it had at first. */
  async certify(options: CertificateOptions = {}): Promise<void> {
    const { hosts, validHours } = options;
    await promisify(execFile)(join(this.#options.programs, 'labpki'), [
      `-dir=${this.#layout.pki}`,
      ...(hosts ? [`-hosts=${hosts.join(',')}`] : []),
      ...(validHours === undefined ? [] : [`-valid=${validHours}h`]),
    ]);
    const { raw } = new X509Certificate(
      await readFile(join(this.#layout.pki, 'server.crt')),
    );
    // It sees by itself that the file has changed.
    await until(
      async () => raw.equals(await servedCertificate(this.#layout.port)),
      { what: `${this.name} answers with its new certificate` },
    );
  }

  async stop(): Promise<void> {
    await this.link.stop();
    await this.#stopPrograms();
    if (this.#options.ownsEtcd) {
      await this.#options.etcd.stop();
    }
  }

  get #ownEtcd(): Etcd {
    const { etcd, ownsEtcd } = this.#options;
    if (!ownsEtcd) {
      throw new Error(`${this.name} shares its etcd with other clusters`);
    }
    return etcd;
  }

  async #start(): Promise<void> {
    await this.#startApiServer();
    this.#startControllers();
    await this.admin.apply(BOOTSTRAP_OBJECTS);
    await this.admin.apply(await slipwayRoles());
    await this.#writeSlipwayFiles();
    await this.#untilPodsArePlaced();
  }

  /** The policy takes effect a moment after it was made; a pod before that would wait for ever. */
  async #untilPodsArePlaced(): Promise<void> {
    await until(
      async () => {
        const pod = await this.admin
          .post<{ spec: { nodeName?: string } }>(
            '/api/v1/namespaces/default/pods?dryRun=All',
            PROBE_POD,
          )
          .catch(error => {
            // Until the controllers have made the account that pods run as.
            if (error instanceof KubernetesError && error.status === 403) {
              return undefined;
            }
            throw error;
          });
        return pod?.spec.nodeName === NODE;
      },
      { what: `${this.name} places pods` },
    );
  }

  async #startApiServer(): Promise<void> {
    this.#apiServer = this.#run(
      'apiserver',
      apiServerArgs(this.#layout, this.#emulatedVersion),
    );
    await this.#apiServer.ready(async () => {
      await this.admin.get('/readyz');
      return true;
    });
  }

  #startControllers(): void {
    const stages = join(this.#options.programs, 'manifests', 'stages.yaml');
    this.#controllers = [
      this.#run('controller-manager', controllerManagerArgs(this.#layout)),
      this.#run('kwok', kwokArgs(this.#layout, stages)),
    ];
  }

  #run(name: string, args: string[]): Program {
    const { programs, folder, onDeath } = this.#options;
    return Program.start({
      name: `${this.name}-${name}`,
      programs,
      program: 'kubelab',
      args,
      // Half the memory, for a little more work: many of them run at once.
      env: { GOGC: '50', HOME: folder },
      logs: join(folder, 'logs'),
      onDeath,
    });
  }

  async #stopPrograms(): Promise<void> {
    const programs = [...this.#controllers, this.#apiServer];
    await Promise.all(programs.map(program => program?.stop()));
  }

  async #writeSlipwayFiles(): Promise<void> {
    const token = await this.token(SLIPWAY, SLIPWAY);
    const ca = await readFile(this.caFile, 'utf8');
    for (const [file, content] of [
      [this.slipwayTokenFile, token],
      [
        this.slipwayKubeconfig,
        kubeconfig({
          cluster: this.name,
          server: this.url,
          ca,
          user: { token },
        }),
      ],
    ]) {
      // Whoever reads them meanwhile finds the old one or the new one.
      await writeFile(`${file}.new`, content, { mode: 0o600 });
      await rename(`${file}.new`, file);
    }
  }
}
