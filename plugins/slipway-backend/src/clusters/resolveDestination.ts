import type {
  ClusterConfig,
  EngineDestination,
} from '@slipway/backstage-plugin-slipway-node';
import { normalizeServerUrl } from './serverUrl';

/** By which every pod reaches the API server of its own cluster. */
const IN_CLUSTER = /^https:\/\/kubernetes\.default(\.svc(\.cluster\.local)?)?$/;

/**
 * Finds the configured cluster that an engine object delivers to.
 *
 * @param destination - As the engine says it.
 * @param objectCluster - Name of the cluster that the engine object lives on.
 * @param clusters - All that are configured.
 * @returns The cluster's name, or `undefined` when none is known by that name or URL.
 */
export function resolveDestination(
  destination: EngineDestination,
  objectCluster: string,
  clusters: ClusterConfig[],
): string | undefined {
  if (destination.inCluster) return objectCluster;
  if (destination.server) {
    return byServer(destination.server, objectCluster, clusters);
  }
  const { name } = destination;
  if (!name) return undefined;
  if (name === 'in-cluster') return objectCluster;
  const named =
    clusters.find(cluster => cluster.name === name) ??
    clusters.find(cluster => cluster.aliases.includes(name));
  return named?.name;
}

function byServer(
  text: string,
  objectCluster: string,
  clusters: ClusterConfig[],
): string | undefined {
  const server = normalizeServerUrl(text);
  if (!server) return undefined;
  if (IN_CLUSTER.test(server)) return objectCluster;
  const matching = clusters.filter(({ auth, aliases }) => {
    const urls = 'server' in auth ? [auth.server, ...aliases] : aliases;
    return urls.some(url => normalizeServerUrl(url) === server);
  });
  // A server that is configured twice is the one that the object lives on, if that is among them
  const own = matching.find(({ name }) => name === objectCluster);
  return (own ?? matching[0])?.name;
}
