import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { ClusterAuth } from '@slipway/backstage-plugin-slipway-node';
import { readKubernetesPluginCluster } from './readKubernetesPluginCluster';
import { normalizeServerUrl } from './serverUrl';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Reads `auth` of one entry of `slipway.clusters`.
 *
 * @throws InputError naming the key that is wrong.
 */
export function readClusterAuth(
  entry: Config,
  key: string,
  options: { required: boolean; root: Config; name: string },
): ClusterAuth {
  const auth = entry.getOptionalConfig('auth');
  if (!auth) {
    if (!options.required) return { type: 'none' };
    throw new InputError(
      `${key}.auth is missing: say how to sign in to the cluster that ${key}.engines run on`,
    );
  }
  const type = auth.getString('type');
  switch (type) {
    case 'serviceAccount':
      return readServiceAccount(auth, `${key}.auth`);
    case 'clientCertificate':
      return {
        type,
        server: readServer(auth, `${key}.auth`, { plain: false }),
        certFile: auth.getString('certFile'),
        keyFile: auth.getString('keyFile'),
        ...readAuthority(auth, `${key}.auth`),
      };
    case 'kubernetesPlugin':
      return readKubernetesPluginCluster(
        options.root,
        auth.getOptionalString('cluster') ?? options.name,
        `${key}.auth`,
      );
    case 'kubeconfig':
      return {
        type,
        file: auth.getString('file'),
        context: auth.getOptionalString('context'),
      };
    case 'inCluster':
      return { type };
    default:
      throw new InputError(
        `${key}.auth.type '${type}' is not known: it must be serviceAccount, clientCertificate, kubeconfig, kubernetesPlugin or inCluster`,
      );
  }
}

function readServiceAccount(auth: Config, key: string): ClusterAuth {
  const server = readServer(auth, key, { plain: true });
  const tokenFile = auth.getOptionalString('tokenFile');
  const token = auth.getOptionalString('token');
  if ((tokenFile === undefined) === (token === undefined)) {
    throw new InputError(
      `${key} must have either tokenFile or token, and not both`,
    );
  }
  return {
    type: 'serviceAccount',
    server,
    tokenFile,
    token,
    ...readAuthority(auth, key),
  };
}

/** @param allowed - `plain`: http where it stays on this machine */
function readServer(
  auth: Config,
  key: string,
  allowed: { plain: boolean },
): string {
  const server = auth.getString('server');
  if (!normalizeServerUrl(server)) {
    throw new InputError(
      `${key}.server '${server}' must be a URL that begins with https://`,
    );
  }
  const { protocol, hostname, username, password } = new URL(server);
  if (username || password) {
    throw new InputError(
      `${key}.server must not hold credentials; use a file for them`,
    );
  }
  if (protocol === 'http:' && !(allowed.plain && LOOPBACK.test(hostname))) {
    throw new InputError(
      `${key}.server must begin with https://: its credentials would travel in the clear`,
    );
  }
  return server;
}

function readAuthority(
  auth: Config,
  key: string,
): { ca?: string; caFile?: string } {
  const caFile = auth.getOptionalString('caFile');
  const ca = auth.getOptionalString('ca');
  if (caFile !== undefined && ca !== undefined) {
    throw new InputError(`${key} must not have both caFile and ca`);
  }
  if (ca !== undefined && !ca.includes('-----BEGIN CERTIFICATE-----')) {
    throw new InputError(
      `${key}.ca must be a PEM certificate; use ${key}.caFile for the path of one`,
    );
  }
  return { caFile, ca };
}
