import { copyFile, readFile } from 'fs/promises';
import { join } from 'path';
import type { JsonObject } from '@backstage/types';
import type { PortalLab } from './PortalLab';

/** Beside the account's token: each is a cluster of its own for the portal, on the same API server. */
export class WaysToSignIn {
  static readonly names = ['certificate', 'file', 'plugin'];
  /** For `slipway.clusters`. */
  readonly clusters: JsonObject[];
  /** For the root: the Kubernetes plugin's own settings. */
  readonly config: JsonObject;
  /** A copy of the API server's authority, which a test may replace. */
  readonly caFile: string;
  readonly #certFile: string;
  readonly #keyFile: string;

  static async create({ center, folder }: PortalLab): Promise<WaysToSignIn> {
    const caFile = join(folder, 'ca.crt');
    await copyFile(center.caFile, caFile);
    const ways = new WaysToSignIn({
      folder,
      caFile,
      url: center.url,
      kubeconfig: center.slipwayKubeconfig,
      authority: center.caFile,
      authorityData: (await readFile(center.caFile)).toString('base64'),
      token: await center.token('slipway', 'slipway'),
    });
    await ways.certify(center.adminCertFile, center.adminKeyFile);
    return ways;
  }

  private constructor(options: {
    folder: string;
    caFile: string;
    url: string;
    kubeconfig: string;
    authority: string;
    authorityData: string;
    token: string;
  }) {
    const { authority, authorityData, folder, kubeconfig, token, url } =
      options;
    this.caFile = options.caFile;
    this.#certFile = join(folder, 'client.crt');
    this.#keyFile = join(folder, 'client.key');
    const [certificate, file, plugin] = WaysToSignIn.names;
    const engines = ['argocd'];
    this.clusters = [
      {
        name: certificate,
        engines,
        auth: {
          type: 'clientCertificate',
          server: url,
          caFile: authority,
          certFile: this.#certFile,
          keyFile: this.#keyFile,
        },
      },
      { name: file, engines, auth: { type: 'kubeconfig', file: kubeconfig } },
      {
        name: plugin,
        engines,
        auth: { type: 'kubernetesPlugin', cluster: 'theirs' },
      },
    ];
    this.config = {
      kubernetes: {
        serviceLocatorMethod: { type: 'multiTenant' },
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: [
              {
                name: 'theirs',
                url,
                authProvider: 'serviceAccount',
                serviceAccountToken: token,
                caData: authorityData,
              },
            ],
          },
        ],
      },
    };
  }

  /** Puts another client certificate in place. */
  async certify(certFile: string, keyFile: string): Promise<void> {
    await copyFile(certFile, this.#certFile);
    await copyFile(keyFile, this.#keyFile);
  }
}
