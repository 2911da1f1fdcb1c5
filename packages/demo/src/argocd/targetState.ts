import { LAST_APPLIED_ANNOTATION } from './comparison';
import { GitSource } from './GitSource';
import { hookPhases } from './hooks';
import { LiveCluster } from './LiveCluster';
import { renderSource } from './render/renderSource';
import { RenderError } from './render/types';
import { objectKey, TRACKING_ANNOTATION, trackingId } from './tracking';
import { Application, ApplicationSource, KubernetesObject } from './types';

/** What the sources of an Application say should be in the cluster. */
export interface TargetState {
  /** One commit per source. */
  revisions: string[];
  sourceTypes: string[];
  objects: KubernetesObject[];
  /** Objects that more than one manifest declares. */
  repeated: string[];
}

/** Options of {@link loadTargetState}. */
export interface LoadTargetStateOptions {
  application: Application;
  sources: ApplicationSource[];
  /** Instead of the sources' own target revisions. */
  revisions?: string[];
  git: GitSource;
  live: LiveCluster;
}

/**
 * Renders every source and gives each object its namespace and tracking id.
 *
 * @throws with the message that Argo CD puts into the `ComparisonError`
 */
export async function loadTargetState(
  options: LoadTargetStateOptions,
): Promise<TargetState> {
  const { application, sources, git, live } = options;
  const state: TargetState = {
    revisions: [],
    sourceTypes: [],
    objects: [],
    repeated: [],
  };
  const byKey = new Map<string, KubernetesObject>();
  for (const [index, source] of sources.entries()) {
    try {
      const revision = await git.resolve(
        source.repoURL,
        options.revisions?.[index] ?? source.targetRevision ?? 'HEAD',
      );
      const { sourceType, objects } = renderSource(
        await git.snapshot(source.repoURL, revision),
        source,
      );
      state.revisions.push(revision);
      state.sourceTypes.push(sourceType);
      for (const object of objects) {
        const placed = await place(object, application, live);
        const key = objectKey(placed);
        if (byKey.has(key) && placed.metadata.name) {
          state.repeated.push(key);
        }
        byKey.set(placed.metadata.name ? key : `${key}${byKey.size}`, placed);
      }
    } catch (error) {
      const code = error instanceof RenderError ? error.code : 'Unknown';
      throw new Error(
        `Failed to load target state: failed to generate manifest for source ${
          index + 1
        } of ${sources.length}: rpc error: code = ${code} desc = ${
          (error as Error).message
        }`,
      );
    }
  }
  state.objects = [...byKey.values()];
  return state;
}

async function place(
  object: KubernetesObject,
  application: Application,
  live: LiveCluster,
): Promise<KubernetesObject> {
  // A kind that is not served, or a cluster that is down, is told by the
  // comparison with what lives there.
  const resource = await live
    .resource(object.apiVersion, object.kind)
    .catch(() => undefined);
  const { namespace, ...metadata } = object.metadata;
  const placed: KubernetesObject = {
    ...object,
    metadata: {
      ...metadata,
      ...(resource?.namespaced !== false && {
        namespace:
          namespace ?? application.spec.destination.namespace ?? 'default',
      }),
    },
  };
  const annotations = { ...metadata.annotations };
  delete annotations[LAST_APPLIED_ANNOTATION];
  if (hookPhases(placed).length === 0 || metadata.name) {
    annotations[TRACKING_ANNOTATION] = trackingId(
      application.metadata.name,
      placed,
    );
  }
  placed.metadata.annotations = annotations;
  return placed;
}
