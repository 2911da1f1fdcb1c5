import type { JsonObject } from '@backstage/types';
import {
  KubernetesConnection,
  watchResource,
  type EngineObject,
  type KubernetesObject,
  type SyncEngine,
} from '../../plugins/slipway-node/src';
import type { application } from './applications';
import { APPLICATIONS } from './applications';

/** The least that a sync engine does with Applications: what is measured is the way from there into the read model. */
export const plainEngine: SyncEngine = {
  kind: 'argocd',
  watch: ({ cluster, sink, signal }) =>
    watchResource({
      ...APPLICATIONS,
      connection: KubernetesConnection.fromClusterConfig(cluster),
      onPage: async (objects, position) => {
        await sink.list({
          ...position,
          objects: objects.map(each => engineObject(cluster.name, each)),
        });
      },
      onEvents: async events => {
        await sink.apply(
          events.map(({ object }) => ({
            type: 'upsert',
            object: engineObject(cluster.name, object),
          })),
        );
      },
      onAlive: () => sink.connection({ state: 'Connected' }),
      onProblem: reason => sink.connection({ state: 'Unreachable', reason }),
      signal,
    }),
};

function engineObject(cluster: string, object: KubernetesObject): EngineObject {
  const { metadata, spec, status } = object as unknown as ReturnType<
    typeof application
  > &
    JsonObject & { metadata: { uid: string; resourceVersion: string } };
  const { operationState } = status;
  return {
    key: {
      engine: 'argocd',
      cluster,
      namespace: metadata.namespace,
      name: metadata.name,
    },
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion,
    sources: [
      {
        repoUrl: spec.source.repoURL,
        path: spec.source.path,
        targetRevision: spec.source.targetRevision,
        recurse: false,
        comparedRevision: status.sync.revision,
        appliedRevision: operationState.syncResult.revision,
      },
    ],
    destination: { inCluster: true, namespace: spec.destination.namespace },
    health: {
      state: status.health.status as EngineObject['health']['state'],
      since: status.health.lastTransitionTime,
    },
    sync: { state: status.sync.status as EngineObject['sync']['state'] },
    operation: {
      phase: 'Succeeded',
      startedAt: operationState.startedAt,
      finishedAt: operationState.finishedAt,
      message: operationState.message,
    },
    conditions: [],
    images: status.summary.images,
    resources: operationState.syncResult.resources.map(each => ({ ...each })),
    reportedAt: status.reconciledAt,
  };
}
