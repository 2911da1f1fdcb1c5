import { deliveredTo } from '../status/deliveredTo';
import type { CarryingObject } from '../status/moduleStates';

/**
 * The target that an engine object delivers a module to: one that is declared, by cluster and namespace, or by its cluster alone where
 * manifests name their own namespaces; else what the object says, as for the states of the module.
 */
export function targetOf(
  carrier: Pick<CarryingObject, 'object' | 'cluster'>,
  declared: ReadonlyArray<{ cluster: string; namespace: string }>,
): { cluster: string; namespace: string } {
  const said = deliveredTo(carrier);
  const onCluster = declared.filter(target => target.cluster === said.cluster);
  const exact = onCluster.find(target => target.namespace === said.namespace);
  const { cluster, namespace } =
    exact ?? (onCluster.length === 1 ? onCluster[0] : said);
  return { cluster, namespace };
}
