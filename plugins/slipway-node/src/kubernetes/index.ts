export { changeObject } from './changeObject';
export type { ChangeObjectOptions } from './changeObject';
export { KubernetesConnection } from './connection';
export type {
  GetTextOptions,
  KubernetesConnectionOptions,
  ListPagedOptions,
  ObjectOptions,
} from './connection';
export { KubernetesError } from './problems';
export type { KubernetesReasonCode } from './problems';
export { watchResource } from './watch';
export type { WatchResourceOptions } from './watch';
export type {
  KubernetesObject,
  ResourceEvent,
  ResourceKind,
  ResourcePage,
} from './types';
