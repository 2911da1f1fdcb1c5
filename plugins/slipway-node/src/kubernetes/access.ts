import { readFile, stat } from 'node:fs/promises';
import { InputError } from '@backstage/errors';
import { type Cluster, KubeConfig } from '@kubernetes/client-node';
import type { ClusterAuth, ClusterConfig } from '../clusters';
import { KubernetesError, safeDetail } from './problems';
import { type Environment, isLoopback, proxyFor } from './proxy';

/** What a request needs to reach a cluster as somebody. */
export interface ClusterAccess {
  kubeConfig: KubeConfig;
  /** Without trailing slash. */
  server: string;
  /** Read for this request. */
  token?: string;
}

export type AccessProvider = () => Promise<ClusterAccess>;

const SERVICE_ACCOUNT_TOKEN_FILE =
  '/var/run/secrets/kubernetes.io/serviceaccount/token';

/**
 * Files are read anew for every request (client-node keeps a token for a minute and its trailing line end for ever),
 * so that rotated credentials take effect at once.
 *
 * @throws InputError for what cannot become right by waiting.
 */
export function accessFromClusterConfig(
  cluster: ClusterConfig,
  environment: Environment,
): AccessProvider {
  const { auth } = cluster;
  switch (auth.type) {
    case 'serviceAccount':
      return serviceAccountAccess(cluster.name, auth, environment);
    case 'clientCertificate':
      return clientCertificateAccess(cluster.name, auth, environment);
    case 'kubeconfig':
      return kubeconfigAccess(auth, environment);
    case 'inCluster':
      return inClusterAccess(cluster.name, environment);
    case 'none':
      throw new InputError(
        `Cluster "${cluster.name}": an engine runs on it, so it needs an auth type other than none`,
      );
    default:
      throw new InputError(`Cluster "${cluster.name}": unknown auth type`);
  }
}

function serviceAccountAccess(
  cluster: string,
  auth: ClusterAuth & { type: 'serviceAccount' },
  environment: Environment,
): AccessProvider {
  const server = parseServer(cluster, auth);
  return async () => {
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromClusterAndUser(verified(cluster, server, auth), {
      name: cluster,
    });
    const token = auth.tokenFile
      ? await readToken(auth.tokenFile)
      : auth.token?.trim();
    return finish(kubeConfig, environment, token);
  };
}

function clientCertificateAccess(
  cluster: string,
  auth: ClusterAuth & { type: 'clientCertificate' },
  environment: Environment,
): AccessProvider {
  const url = URL.canParse(auth.server) ? new URL(auth.server) : undefined;
  if (url?.protocol !== 'https:') {
    throw new InputError(
      `Cluster "${cluster}": auth.server must be a URL that begins with https://: certificates are part of TLS`,
    );
  }
  return async () => {
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromClusterAndUser(verified(cluster, auth.server, auth), {
      name: cluster,
      certData: await readBase64(auth.certFile),
      keyData: await readBase64(auth.keyFile),
    });
    return finish(kubeConfig, environment);
  };
}

/** A cluster of which the certificate is verified. */
function verified(
  name: string,
  server: string,
  { ca, caFile }: { ca?: string; caFile?: string },
): Cluster {
  return {
    name,
    server,
    caFile: ca ? undefined : caFile,
    caData: ca && Buffer.from(ca).toString('base64'),
    skipTLSVerify: false,
  };
}

function parseServer(
  cluster: string,
  auth: ClusterAuth & { type: 'serviceAccount' },
): string {
  const url = URL.canParse(auth.server) ? new URL(auth.server) : undefined;
  const where = `Cluster "${cluster}": auth.server`;
  if (!url || !['https:', 'http:'].includes(url.protocol)) {
    throw new InputError(`${where} must be a URL that begins with https://`);
  }
  if (url.username || url.password) {
    throw new InputError(
      `${where} must not hold credentials; use tokenFile or token`,
    );
  }
  const hasToken = Boolean(auth.token || auth.tokenFile);
  if (url.protocol === 'http:' && hasToken && !isLoopback(url.hostname)) {
    throw new InputError(
      `${where} must begin with https://, or the token would travel in the clear`,
    );
  }
  return auth.server;
}

function kubeconfigAccess(
  auth: ClusterAuth & { type: 'kubeconfig' },
  environment: Environment,
): AccessProvider {
  // Kept while the file stays the same, because client-node keeps the tokens of exec plugins in it.
  let loaded: { version: string; kubeConfig: KubeConfig } | undefined;
  return async () => {
    try {
      const { mtimeMs, size } = await stat(auth.file);
      const version = `${mtimeMs}-${size}`;
      if (loaded?.version !== version) {
        const kubeConfig = new KubeConfig();
        kubeConfig.loadFromFile(auth.file);
        if (auth.context !== undefined) {
          kubeConfig.setCurrentContext(auth.context);
        }
        loaded = { version, kubeConfig };
      }
    } catch (error) {
      throw unreadable(auth.file, error);
    }
    const { kubeConfig } = loaded;
    const context = kubeConfig.getContextObject(kubeConfig.getCurrentContext());
    if (!context || !kubeConfig.getCurrentCluster()) {
      throw new KubernetesError('credentialsUnreadable', {
        file: auth.file,
        detail: `no context "${kubeConfig.getCurrentContext() ?? ''}"`,
      });
    }
    if (!kubeConfig.getCurrentUser()) {
      // client-node ignores the cluster's CA when the context names no user.
      kubeConfig.contexts = [{ ...context, user: 'anonymous' }];
      kubeConfig.users = [{ name: 'anonymous' }];
    }
    return finish(kubeConfig, environment);
  };
}

function inClusterAccess(
  cluster: string,
  environment: Environment,
): AccessProvider {
  if (!environment.KUBERNETES_SERVICE_HOST) {
    throw new InputError(
      `Cluster "${cluster}": auth.type inCluster works only inside a pod (KUBERNETES_SERVICE_HOST is not set)`,
    );
  }
  return async () => {
    const fromPod = new KubeConfig();
    fromPod.loadFromCluster();
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromClusterAndUser(fromPod.clusters[0], { name: cluster });
    return finish(
      kubeConfig,
      environment,
      await readToken(SERVICE_ACCOUNT_TOKEN_FILE),
    );
  };
}

function finish(
  kubeConfig: KubeConfig,
  environment: Environment,
  token?: string,
): ClusterAccess {
  const current = kubeConfig.getCurrentCluster()!;
  const server = current.server.replace(/\/+$/, '');
  const plain = server.startsWith('http:');
  // A copy, as the fields are read-only. client-node speaks plain HTTP only where TLS is not verified: there is none to verify.
  kubeConfig.clusters = kubeConfig.clusters.map(cluster =>
    cluster === current
      ? {
          ...cluster,
          server,
          skipTLSVerify: plain || cluster.skipTLSVerify,
          proxyUrl: cluster.proxyUrl ?? proxyFor(server, environment),
        }
      : cluster,
  );
  return { kubeConfig, server, token: token || undefined };
}

async function readBase64(file: string): Promise<string> {
  try {
    return (await readFile(file)).toString('base64');
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function readToken(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): KubernetesError {
  const code = (error as NodeJS.ErrnoException).code;
  // Messages of the YAML parser quote the file, which may hold credentials.
  return new KubernetesError('credentialsUnreadable', {
    file,
    detail: code ? safeDetail(code) : 'not a valid kubeconfig',
  });
}
