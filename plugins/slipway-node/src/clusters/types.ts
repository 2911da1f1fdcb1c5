import type { JsonObject } from '@backstage/types';

/**
 * How Slipway signs in to a cluster's API server.
 *
 * @public
 */
export type ClusterAuth =
  | {
      type: 'serviceAccount';
      /** API server URL. */
      server: string;
      /** Read again for every connection, so that it may be rotated. */
      tokenFile?: string;
      token?: string;
      caFile?: string;
      /** PEM. */
      ca?: string;
    }
  | {
      type: 'clientCertificate';
      /** API server URL, https. */
      server: string;
      /** PEM; read again for every connection, so that both may be rotated. */
      certFile: string;
      keyFile: string;
      caFile?: string;
      /** PEM. */
      ca?: string;
    }
  | { type: 'kubeconfig'; file: string; context?: string }
  | { type: 'inCluster' }
  /** Slipway does not sign in: no engine runs on it, another cluster's engine delivers to it. */
  | { type: 'none' };

/**
 * One entry of `slipway.clusters`.
 *
 * @public
 */
export interface ClusterConfig {
  name: string;
  title?: string;
  /** Kinds of the sync engines that run on it. */
  engines: string[];
  /** Further names and API server URLs by which engines on other clusters call this one. */
  aliases: string[];
  auth: ClusterAuth;
  /** Settings of each engine on this cluster, by engine kind, as configured. */
  engineSettings: Record<string, JsonObject>;
}
