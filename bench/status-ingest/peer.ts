import { CustomObjectsApi, KubeConfig } from '@kubernetes/client-node';
import { APPLICATIONS } from './applications';

/** The usual way: the Kubernetes client lists everything, page by page, and an informer's cache keeps it in a Map. */
export async function listWithClient(
  server: string,
  token: string,
): Promise<Map<string, object>> {
  const config = new KubeConfig();
  config.loadFromOptions({
    // The client takes http, here on loopback, only so
    clusters: [{ name: 'bench', server, skipTLSVerify: true }],
    users: [{ name: 'bench', token }],
    contexts: [{ name: 'bench', cluster: 'bench', user: 'bench' }],
    currentContext: 'bench',
  });
  const api = config.makeApiClient(CustomObjectsApi);
  const objects = new Map<string, object>();
  let proceed: string | undefined;
  do {
    const list = await api.listClusterCustomObject({
      group: APPLICATIONS.group,
      version: APPLICATIONS.version,
      plural: APPLICATIONS.resource,
      limit: 500,
      _continue: proceed,
    });
    for (const item of list.items) objects.set(item.metadata.uid, item);
    proceed = list.metadata.continue || undefined;
  } while (proceed);
  return objects;
}
