import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import type {
  EngineObject,
  EngineObjectKey,
  Fields,
  KubernetesObject,
} from '@slipway/backstage-plugin-slipway-node';
import type { FluxKind } from '../kinds';

/** Names an object on one cluster: `<kind>/<namespace>/<name>`. */
export type ObjectId = string;

export type Change =
  | { type: 'upsert'; object: EngineObject }
  | { type: 'remove'; key: EngineObjectKey };

/** What is seen of one kind. */
export interface KindState {
  objects: Map<ObjectId, Fields>;
  /** What a list that is under way has named. */
  listed?: Set<ObjectId>;
  isRead: boolean;
  /** Why it cannot be read. */
  problem?: Reason;
  /** How often in a row it failed by itself, since any kind was read. */
  failures: number;
  /** How often in a row it was said to be lost. */
  losses: number;
  /** It was never read, and is not there. */
  isAbsent: boolean;
}

export function idOf(
  kind: FluxKind,
  { metadata }: Pick<KubernetesObject, 'metadata'>,
): ObjectId {
  return `${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
}

export function kindOf(id: ObjectId): FluxKind {
  return id.slice(0, id.indexOf('/')) as FluxKind;
}
