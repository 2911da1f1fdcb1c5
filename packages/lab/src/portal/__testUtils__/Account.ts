import { rename, writeFile } from 'fs/promises';
import type { Cluster, KubernetesObject } from '../../kubernetes';

const NAMESPACE = 'slipway';
const RBAC = 'rbac.authorization.k8s.io';

/** A service account of a portal, with the rights that `deploy/` gives it for Argo CD and a token in a file. */
export class Account {
  readonly tokenFile: string;
  readonly #cluster: Cluster;
  readonly #name: string;

  static async create(options: {
    cluster: Cluster;
    name: string;
    tokenFile: string;
  }): Promise<Account> {
    const account = new Account(options);
    await account.restore();
    return account;
  }

  private constructor(options: {
    cluster: Cluster;
    name: string;
    tokenFile: string;
  }) {
    this.#cluster = options.cluster;
    this.#name = options.name;
    this.tokenFile = options.tokenFile;
  }

  /** It is there, may see Applications in all namespaces, and has another token. */
  async restore(): Promise<void> {
    await this.#cluster.admin.apply([
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: this.#name, namespace: NAMESPACE },
      },
      this.#binding('ClusterRoleBinding'),
    ]);
    await this.rotate();
  }

  /** Writes another token, as whoever keeps the file does from time to time. */
  async rotate(): Promise<void> {
    const token = await this.#cluster.token(NAMESPACE, this.#name);
    await writeFile(`${this.tokenFile}.new`, token, { mode: 0o600 });
    await rename(`${this.tokenFile}.new`, this.tokenFile);
  }

  /** Makes all its tokens worthless. */
  async delete(): Promise<void> {
    await this.#cluster.admin.delete(
      `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/${this.#name}`,
    );
  }

  /** It may see no Applications any more. */
  async forbid(): Promise<void> {
    await this.#cluster.admin.delete(
      `/apis/${RBAC}/v1/clusterrolebindings/${this.#name}`,
    );
  }

  /** It may see those of one namespace. */
  async allowIn(namespace: string): Promise<void> {
    await this.#cluster.admin.apply(this.#binding('RoleBinding', namespace));
  }

  #binding(
    kind: 'ClusterRoleBinding' | 'RoleBinding',
    namespace?: string,
  ): KubernetesObject {
    return {
      apiVersion: `${RBAC}/v1`,
      kind,
      metadata: { name: this.#name, namespace },
      roleRef: {
        apiGroup: RBAC,
        kind: 'ClusterRole',
        name: 'slipway-argocd',
      },
      subjects: [
        { kind: 'ServiceAccount', name: this.#name, namespace: NAMESPACE },
      ],
    };
  }
}
