import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { ClusterAuth } from '@slipway/backstage-plugin-slipway-node';
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
  options: { required: boolean },
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
        `${key}.auth.type '${type}' is not known: it must be serviceAccount, kubeconfig or inCluster`,
      );
  }
}

function readServiceAccount(auth: Config, key: string): ClusterAuth {
  const server = auth.getString('server');
  if (!normalizeServerUrl(server)) {
    throw new InputError(
      `${key}.server '${server}' must be a URL that begins with https://`,
    );
  }
  const { protocol, hostname, username, password } = new URL(server);
  if (username || password) {
    throw new InputError(
      `${key}.server must not hold credentials; use ${key}.tokenFile`,
    );
  }
  if (protocol === 'http:' && !LOOPBACK.test(hostname)) {
    throw new InputError(
      `${key}.server must begin with https://: its token would travel in the clear`,
    );
  }
  const tokenFile = auth.getOptionalString('tokenFile');
  const token = auth.getOptionalString('token');
  if ((tokenFile === undefined) === (token === undefined)) {
    throw new InputError(
      `${key} must have either tokenFile or token, and not both`,
    );
  }
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
  return { type: 'serviceAccount', server, tokenFile, token, caFile, ca };
}
