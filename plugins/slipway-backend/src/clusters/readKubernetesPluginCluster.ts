import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { ClusterAuth } from '@slipway/backstage-plugin-slipway-node';
import { normalizeServerUrl } from './serverUrl';

/** As the plugin's own annotation names it. */
const AUTH_PROVIDER = 'kubernetes.io/auth-provider';

/**
 * Signs in as the portal's Kubernetes plugin does, to a cluster that its configuration lists with a service account:
 * `kubernetes.clusterLocatorMethods[]` of type `config`, `authProvider: serviceAccount`.
 *
 * @throws InputError saying what of it Slipway cannot use
 */
export function readKubernetesPluginCluster(
  root: Config,
  name: string,
  key: string,
): ClusterAuth {
  const listed = (
    root.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? []
  )
    .filter(method => method.getOptionalString('type') === 'config')
    .flatMap(method => method.getOptionalConfigArray('clusters') ?? []);
  const found = listed.find(one => one.getOptionalString('name') === name);
  const where = `the cluster '${name}' of kubernetes.clusterLocatorMethods`;
  if (!found) {
    throw new InputError(
      `${key}.cluster: ${where} is not there; a locator method of type config has to list it`,
    );
  }
  const provider =
    found.getOptionalString('authProvider') ??
    found.getOptional<JsonObject>('authMetadata')?.[AUTH_PROVIDER];
  if (provider !== undefined && provider !== 'serviceAccount') {
    throw new InputError(
      `${key}: ${where} signs in by '${provider}', for a person; Slipway needs authProvider serviceAccount`,
    );
  }
  const token = found.getOptionalString('serviceAccountToken');
  if (!token) {
    throw new InputError(
      `${key}: ${where} has no serviceAccountToken; give it one, or use auth.type inCluster or serviceAccount`,
    );
  }
  const server = found.getString('url');
  if (!normalizeServerUrl(server)?.startsWith('https:')) {
    throw new InputError(
      `${key}: the url of ${where} must be one that begins with https://`,
    );
  }
  if (found.getOptionalBoolean('skipTLSVerify')) {
    throw new InputError(
      `${key}: ${where} has skipTLSVerify; give it caData or caFile instead, as anybody could answer for it`,
    );
  }
  const data = found.getOptionalString('caData');
  return {
    type: 'serviceAccount',
    server,
    token,
    caFile: data ? undefined : found.getOptionalString('caFile'),
    ca: data && Buffer.from(data, 'base64').toString('utf8'),
  };
}
