export { DemoCluster, type DemoClusterOptions } from './DemoCluster';
export type { ClusterFault } from './http/faults';
export { ApiError } from './store/ApiError';
export type { ListOptions, ObjectList } from './store/listObjects';
export { ObjectStore, type ObjectStoreOptions } from './store/ObjectStore';
export type {
  CollectionRef,
  DeleteOptions,
  DeleteResult,
  KubernetesObject,
  ObjectInput,
  ObjectMeta,
  ObjectRef,
  PatchType,
  ResourceType,
  Status,
  StoreEvent,
  StoreSnapshot,
  UpdateOptions,
  WriteOptions,
} from './store/types';
export type { StoreWatch, WatchOptions } from './store/watchObjects';
export {
  HEALTH_ANNOTATION,
  type WorkloadHealth,
} from './workloads/workloadStatus';
