export type { AuditedRequest } from './auditLog';
export { Cluster, type ClusterOptions } from './Cluster';
export { Etcd } from './Etcd';
export { kubeconfig, type KubeconfigOptions } from './kubeconfig';
export { KubernetesClient } from './KubernetesClient';
export { requestCosts, SLIPWAY_USER, type RequestCost } from './requestCost';
export {
  type CertificateOptions,
  KubernetesError,
  type KubernetesObject,
} from './types';
