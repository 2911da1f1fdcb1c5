import { storable } from '../database/storable';
import type { CarryingObject } from './moduleStates';

/** Bounds what an engine object may say of a cluster that is not configured. */
const MAX_CLUSTER_LENGTH = 200;

/** Engines check neither; a name of Kubernetes has 63 characters. */
const MAX_NAMESPACE_LENGTH = 255;

/** The cluster and the namespace that an engine object delivers to, as the read model holds what engines say of them. */
export function deliveredTo({
  object: { destination },
  cluster,
}: Pick<CarryingObject, 'object' | 'cluster'>): {
  cluster: string;
  namespace: string;
} {
  const { name, server, namespace = '' } = destination;
  return {
    cluster: storable(cluster ?? name ?? server ?? '', MAX_CLUSTER_LENGTH),
    namespace: storable(namespace, MAX_NAMESPACE_LENGTH),
  };
}
