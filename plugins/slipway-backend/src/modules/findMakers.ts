import type { EngineObjectDetails } from '@slipway/backstage-plugin-slipway-common';
import type {
  ClusterConfig,
  EngineObjectMaker,
} from '@slipway/backstage-plugin-slipway-node';
import {
  engineObjectId,
  type EngineObjectStore,
  type StoredEngineObject,
} from '../engineObjects';
import type { SeenEngineObject } from '../status/types';

type MadeBy = NonNullable<EngineObjectDetails['madeBy']>;

export interface FindMakersOptions {
  engineObjects: Pick<EngineObjectStore, 'byIds' | 'resourcesOf'>;
  clusters: readonly Pick<ClusterConfig, 'name'>[];
  /** Configured cluster that an engine object delivers to. */
  resolveCluster: (object: SeenEngineObject) => string | undefined;
}

interface Marked extends StoredEngineObject {
  maker: EngineObjectMaker;
}

/**
 * What made engine objects, by their ids. A mark names its maker without the cluster that this lives on: it is looked for on all of
 * them, and is the one that delivers to the object's cluster and lists the object. Where there is none, only what the mark itself says
 * is told.
 */
export async function findMakers(
  objects: StoredEngineObject[],
  { clusters, engineObjects, resolveCluster }: FindMakersOptions,
): Promise<Map<string, MadeBy>> {
  const marked = objects.flatMap((one): Marked[] =>
    one.object.madeBy ? [{ ...one, maker: one.object.madeBy }] : [],
  );
  // Its own cluster first.
  const candidateIds = ({ maker, object }: Marked) => {
    const { engineObject } = maker;
    const places = [object.key.cluster, ...clusters.map(({ name }) => name)];
    return engineObject
      ? [...new Set(places)].map(cluster =>
          engineObjectId({ ...engineObject, cluster }),
        )
      : [];
  };
  const found = await engineObjects.byIds([
    ...new Set(marked.flatMap(candidateIds)),
  ]);
  const candidates = new Map(
    found.filter(({ removed }) => !removed).map(one => [one.id, one]),
  );
  const listed = new Map<string, Promise<Set<string>>>();
  const listOf = (id: string) => {
    const list =
      listed.get(id) ??
      engineObjects.resourcesOf(id).then(all => new Set(all.map(resourceId)));
    listed.set(id, list);
    return list;
  };

  const makers = new Map<string, MadeBy>();
  for (const one of marked) {
    const { key } = one.object;
    const resource = resourceId({ ...key, ...one.maker.listedAs });
    const delivering = candidateIds(one)
      .flatMap(id => candidates.get(id) ?? [])
      .filter(({ object }) => resolveCluster(object) === key.cluster);
    let maker: StoredEngineObject | undefined;
    for (const candidate of delivering) {
      if ((await listOf(candidate.id)).has(resource)) {
        maker = candidate;
        break;
      }
    }
    if (maker || !one.maker.unsure) makers.set(one.id, toMadeBy(one, maker));
  }
  return makers;
}

function toMadeBy(
  { maker, object }: Marked,
  found: StoredEngineObject | undefined,
): MadeBy {
  const { kind, name, namespace, sameCluster } = maker;
  return found
    ? {
        kind,
        name,
        namespace: found.object.key.namespace,
        cluster: found.object.key.cluster,
        url: found.object.url,
      }
    : {
        kind,
        name,
        namespace,
        cluster: sameCluster ? object.key.cluster : undefined,
      };
}

function resourceId(resource: {
  group: string;
  kind: string;
  namespace: string;
  name: string;
}): string {
  const { group, kind, namespace, name } = resource;
  return `${group}/${kind}/${namespace}/${name}`;
}
