import type {
  EngineDestination,
  EngineSource,
  SyncEngine,
} from '@slipway/backstage-plugin-slipway-node';
import type { EngineObjectStore } from '../engineObjects';
import { sourceFilter, type AppliedSource } from '../manifests/applied';
import type { SeenEngineObject } from '../status/types';

/** What is known of the sync engines of a config repo. */
export interface EngineView {
  /** How the engine of the config repo learns of modules; absent where that is not by manifests. */
  copyManifest?: SyncEngine['copyManifest'];
  /** Engine objects that read the config repo, and only their sources that do. */
  objects: SeenEngineObject[];
  /** Engine objects of whatever repository that manage some of the resources. */
  managing: EngineObjectStore['managing'];
  readsThisRepo: (source: EngineSource) => boolean;
  /** The configured cluster that an engine object delivers to. */
  resolveCluster: (object: SeenEngineObject) => string | undefined;
}

/**
 * How an engine knows a cluster, by the objects that deliver to it already.
 *
 * @param host - cluster on which the new engine object will live, where that is known
 */
export function destinationOf(
  { objects, resolveCluster }: EngineView,
  cluster: string,
  host: string | undefined,
): EngineDestination | undefined {
  const there = objects.filter(object => resolveCluster(object) === cluster);
  const known = there.find(({ key }) => key.cluster === host) ?? there[0];
  return known?.destination;
}

/** Whether some engine object reads a file of the config repo as it is. */
export function isRead({ objects }: EngineView, path: string): boolean {
  return objects.some(({ sources }) =>
    sources.some(
      ({ path: folder, refOnly, ...source }) =>
        folder !== undefined &&
        !refOnly &&
        sourceFilter({ ...source, path: folder } satisfies AppliedSource)(path),
    ),
  );
}
