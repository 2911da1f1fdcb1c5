import type { CarryingObject } from '../status/moduleStates';

/** Bounds what an engine object may say of a cluster that is not configured. */
const MAX_CLUSTER_LENGTH = 200;

/**
 * The target that an engine object delivers a module to: one that is declared, by cluster and namespace, or by its cluster alone where
 * manifests name their own namespaces; else what the object says, as for the states of the module.
 */
export function targetOf(
  { object, cluster: resolved }: Pick<CarryingObject, 'object' | 'cluster'>,
  declared: ReadonlyArray<{ cluster: string; namespace: string }>,
): { cluster: string; namespace: string } {
  const { destination } = object;
  const cluster = (
    resolved ??
    destination.name ??
    destination.server ??
    ''
  ).slice(0, MAX_CLUSTER_LENGTH);
  const { namespace = '' } = destination;
  const onCluster = declared.filter(target => target.cluster === cluster);
  const exact = onCluster.find(target => target.namespace === namespace);
  const { namespace: place } =
    exact ?? (onCluster.length === 1 ? onCluster[0] : { namespace });
  return { cluster, namespace: place };
}
