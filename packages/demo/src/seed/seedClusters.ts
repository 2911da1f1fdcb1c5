import { KubernetesClient, KubernetesError } from '../argocd/KubernetesClient';
import { SECRET_TYPE_LABEL } from '../argocd/destination';
import { parseManifests } from '../argocd/render/manifests';
import { KubernetesObject } from '../argocd/types';
import { EXAMPLE_REPOS } from './seedRepositories';
import { readExampleRepo } from './exampleRepos';
import { DemoAddresses, replacePlaceholders } from './placeholders';
import { DemoClusterDefinition, demoClusters } from './topology';

async function createIfMissing(
  client: KubernetesClient,
  object: KubernetesObject,
): Promise<void> {
  const resource = await client.resource(object.apiVersion, object.kind);
  try {
    await client.create(resource, object);
  } catch (error) {
    if (!(error instanceof KubernetesError && error.status === 409)) {
      throw error;
    }
  }
}

/** The Secret by which an Argo CD knows a remote cluster. */
function clusterSecret(name: string, url: string): KubernetesObject {
  const encode = (text: string) => Buffer.from(text).toString('base64');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: `cluster-${name}`,
      namespace: 'argocd',
      labels: { [SECRET_TYPE_LABEL]: 'cluster' },
    },
    type: 'Opaque',
    data: { name: encode(name), server: encode(url), config: encode('{}') },
  };
}

const CONTROLLER = {
  'app.kubernetes.io/name': 'argocd-application-controller',
};

/** Where portals read Argo CD's version: it says that it is none. */
const controller: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: {
    name: 'argocd-application-controller',
    namespace: 'argocd',
    labels: { ...CONTROLLER, 'app.kubernetes.io/version': 'stand-in' },
  },
  spec: {
    // It runs outside of the cluster.
    replicas: 0,
    serviceName: 'argocd-application-controller',
    selector: { matchLabels: CONTROLLER },
    template: {
      metadata: { labels: CONTROLLER },
      spec: { containers: [{ name: 'controller', image: 'stand-in' }] },
    },
  },
};

/** Gives every cluster with an Argo CD its namespace, its remote clusters and the Applications that bring in the rest. */
export async function seedClusters(
  examples: string,
  addresses: DemoAddresses,
): Promise<void> {
  const repos = await Promise.all(
    EXAMPLE_REPOS.map(name => readExampleRepo(examples, name)),
  );
  const seedCluster = async ({ name, remotes }: DemoClusterDefinition) => {
    const client = KubernetesClient.create({ url: addresses.clusters[name] });
    await createIfMissing(client, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'argocd' },
    });
    await createIfMissing(client, controller);
    for (const remote of remotes) {
      await createIfMissing(
        client,
        clusterSecret(remote, addresses.clusters[remote]),
      );
    }
    for (const files of repos) {
      const path = `bootstrap/${name}.yaml`;
      const content = files.get(path);
      for (const object of content ? parseManifests(path, content) : []) {
        await createIfMissing(
          client,
          JSON.parse(replacePlaceholders(JSON.stringify(object), addresses)),
        );
      }
    }
  };
  await Promise.all(
    demoClusters.filter(({ hasArgoCd }) => hasArgoCd).map(seedCluster),
  );
}
