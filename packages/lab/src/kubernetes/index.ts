export type { AuditedRequest } from './auditLog';
export { Cluster, type ClusterOptions } from './Cluster';
export { Etcd } from './Etcd';
export { hasCondition } from './hasCondition';
export { kubeconfig, type KubeconfigOptions } from './kubeconfig';
export { KubernetesClient } from './KubernetesClient';
export { requestCosts, SLIPWAY_USER, type RequestCost } from './requestCost';
export {
  type CertificateOptions,
  type Condition,
  type ConfigMap,
  KubernetesError,
  type KubernetesObject,
} from './types';
