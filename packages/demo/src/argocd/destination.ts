import { ApplicationDestination, KubernetesObject } from './types';

/** The address that Argo CD knows its own cluster by. */
export const IN_CLUSTER_SERVER = 'https://kubernetes.default.svc';

/** Marks a Secret in Argo CD's namespace that describes a remote cluster. */
export const SECRET_TYPE_LABEL = 'argocd.argoproj.io/secret-type';

function decode(secret: KubernetesObject, field: string): string | undefined {
  const value = (secret.data as Record<string, string> | undefined)?.[field];
  return value && Buffer.from(value, 'base64').toString();
}

/**
 * The address of an Application's destination.
 *
 * @param secrets - the Secrets of Argo CD's namespace
 * @throws when no cluster is registered under that name or address
 */
export function resolveDestination(
  destination: ApplicationDestination,
  secrets: KubernetesObject[],
): string {
  const { name, server } = destination;
  if (name && server) {
    throw new Error(
      `application destination can't have both name and server defined: ${name} ${server}`,
    );
  }
  if (server === IN_CLUSTER_SERVER || name === 'in-cluster') {
    return IN_CLUSTER_SERVER;
  }
  const found = secrets
    .filter(secret => secret.metadata.labels?.[SECRET_TYPE_LABEL] === 'cluster')
    .find(secret =>
      name
        ? decode(secret, 'name') === name
        : decode(secret, 'server') === server,
    );
  const url = found && decode(found, 'server');
  if (!url) {
    throw new Error(
      name
        ? `unable to find destination server: there are no clusters with this name: ${name}`
        : `cluster '${server}' has not been configured`,
    );
  }
  return url;
}
