import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  type ClusterConfig,
  KubernetesConnection,
} from '@slipway/backstage-plugin-slipway-node';
import { normalizeServerUrl } from './serverUrl';

/**
 * Two names for one server show everything on it twice. It may be meant, with different rights or namespaces, so it is
 * not refused. What cannot be read yet, such as a kubeconfig that is mounted later, is left out.
 */
export async function warnOfSharedServers(
  clusters: ClusterConfig[],
  logger: Pick<LoggerService, 'warn'>,
): Promise<void> {
  const owners = new Map<string, string>();
  for (const [index, cluster] of clusters.entries()) {
    const server = await serverOf(cluster);
    if (server === undefined) continue;
    const owner = owners.get(server);
    if (owner === undefined) {
      owners.set(server, cluster.name);
      continue;
    }
    logger.warn(
      `slipway.clusters[${index}].auth leads to the API server of the cluster '${owner}' as well: what is on it will show under both '${owner}' and '${cluster.name}'`,
    );
  }
}

async function serverOf(cluster: ClusterConfig): Promise<string | undefined> {
  if (cluster.auth.type === 'none') return undefined;
  try {
    const connection = KubernetesConnection.fromClusterConfig(cluster);
    const server = await connection.server();
    return normalizeServerUrl(server) ?? server;
  } catch {
    // The watch will say so.
    return undefined;
  }
}
