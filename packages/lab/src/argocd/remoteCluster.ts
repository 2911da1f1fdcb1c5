import { readFile } from 'fs/promises';
import { Cluster, KubernetesObject } from '../kubernetes';

const ACCOUNT = 'argocd-manager';

/** What `argocd cluster add` makes on a cluster that Argo CD is to deliver to. */
const ACCOUNT_OBJECTS: KubernetesObject[] = [
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: ACCOUNT, namespace: 'kube-system' },
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: ACCOUNT },
    rules: [
      { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
      { nonResourceURLs: ['*'], verbs: ['*'] },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: ACCOUNT },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: ACCOUNT,
    },
    subjects: [
      { kind: 'ServiceAccount', name: ACCOUNT, namespace: 'kube-system' },
    ],
  },
];

/** Makes the account on the remote cluster, and the Secret by which Argo CD knows it, through its link. */
export async function remoteClusterSecret(
  remote: Cluster,
  namespace: string,
): Promise<KubernetesObject> {
  await remote.admin.apply(ACCOUNT_OBJECTS);
  const ca = await readFile(remote.caFile, 'utf8');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: `cluster-${remote.name}`,
      namespace,
      labels: { 'argocd.argoproj.io/secret-type': 'cluster' },
    },
    stringData: {
      name: remote.name,
      server: remote.url,
      config: JSON.stringify({
        bearerToken: await remote.token('kube-system', ACCOUNT),
        tlsClientConfig: { caData: Buffer.from(ca).toString('base64') },
      }),
    },
  };
}
