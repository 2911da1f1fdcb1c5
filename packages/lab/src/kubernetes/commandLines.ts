/** Where one cluster keeps its files, and the ports that it has. */
export interface ClusterLayout {
  name: string;
  etcdUrl: string;
  /** Certificates and keys, as `labpki` writes them. */
  pki: string;
  /** The API server's own port. */
  port: number;
  auditPolicy: string;
  auditLog: string;
  adminKubeconfig: string;
}

/** All keys of a cluster in etcd begin with it. */
export function etcdPrefix(name: string): string {
  return `/lab/${name}/`;
}

/** The arguments of the cluster's API server. */
export function apiServerArgs(
  layout: ClusterLayout,
  emulatedVersion?: string,
): string[] {
  const { name, etcdUrl, pki, port } = layout;
  return [
    'kube-apiserver',
    `--etcd-servers=${etcdUrl}`,
    `--etcd-prefix=${etcdPrefix(name)}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    // There is no network that the "kubernetes" Service could lead through.
    '--endpoint-reconciler-type=none',
    '--service-cluster-ip-range=10.0.0.0/16',
    `--tls-cert-file=${pki}/server.crt`,
    `--tls-private-key-file=${pki}/server.key`,
    `--client-ca-file=${pki}/ca.crt`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${pki}/sa.key`,
    `--service-account-signing-key-file=${pki}/sa.key`,
    '--authorization-mode=RBAC',
    `--audit-policy-file=${layout.auditPolicy}`,
    `--audit-log-path=${layout.auditLog}`,
    '--event-ttl=10m',
    ...(emulatedVersion
      ? [
          `--emulated-version=${emulatedVersion}`,
          // What places pods was not on by default yet, and is read in its
          // newest version even so.
          '--feature-gates=MutatingAdmissionPolicy=true',
          '--runtime-config=admissionregistration.k8s.io/v1beta1=true',
          '--emulation-forward-compatible=true',
        ]
      : []),
  ];
}

/** Only what Deployments, StatefulSets, DaemonSets, Jobs and deleting a namespace need. */
const CONTROLLERS = [
  'cronjob-controller',
  'daemonset-controller',
  'deployment-controller',
  'endpointslice-controller',
  'garbage-collector-controller',
  'job-controller',
  'namespace-controller',
  'replicaset-controller',
  'root-ca-certificate-publisher-controller',
  'serviceaccount-controller',
  'serviceaccount-token-controller',
  'statefulset-controller',
];

export function controllerManagerArgs(layout: ClusterLayout): string[] {
  const { adminKubeconfig, pki } = layout;
  return [
    'kube-controller-manager',
    `--kubeconfig=${adminKubeconfig}`,
    // It need not be asked anything.
    '--secure-port=0',
    '--leader-elect=false',
    '--use-service-account-credentials=false',
    `--service-account-private-key-file=${pki}/sa.key`,
    `--root-ca-file=${pki}/ca.crt`,
    `--controllers=${CONTROLLERS.join(',')}`,
  ];
}

export function kwokArgs(layout: ClusterLayout, stages: string): string[] {
  return [
    'kwok',
    `--kubeconfig=${layout.adminKubeconfig}`,
    `--config=${stages}`,
    '--manage-all-nodes',
    '--node-ip=127.0.0.1',
    '--cidr=10.1.0.0/16',
    '--node-lease-duration-seconds=0',
  ];
}
