import { KubernetesConnection } from '@slipway/backstage-plugin-slipway-node';
import type {
  ClusterConfig,
  EngineObjectKey,
} from '@slipway/backstage-plugin-slipway-node';
import { readArgoCdSettings } from './settings';

const MAXIMUM_BYTES = 16 * 1024 * 1024;

/**
 * Asks Argo CD's own API for something of an Application.
 *
 * @param options - `what`: below the Application, such as `managed-resources`; the Application itself when absent
 * @returns undefined where none is configured
 * @throws KubernetesError when it does not answer, or not so
 */
export async function askArgoCdApi(options: {
  cluster: ClusterConfig;
  key: EngineObjectKey;
  what?: string;
  timeoutMilliseconds: number;
}): Promise<unknown> {
  const { cluster, key, what, timeoutMilliseconds } = options;
  const { api } = readArgoCdSettings(cluster);
  if (!api) return undefined;
  const connection = KubernetesConnection.fromClusterConfig({
    ...cluster,
    auth: api,
  });
  const query = new URLSearchParams({ appNamespace: key.namespace });
  const path = [key.name, ...(what ? [what] : [])]
    .map(encodeURIComponent)
    .join('/');
  const answer = await connection.getText({
    path: `/api/v1/applications/${path}?${query}`,
    maximumBytes: MAXIMUM_BYTES,
    signal: AbortSignal.timeout(timeoutMilliseconds),
  });
  return JSON.parse(answer);
}
