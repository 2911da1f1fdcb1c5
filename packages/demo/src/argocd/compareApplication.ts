import { planPatch } from './comparison';
import { healthOf, worstHealth } from './health';
import { hookPhases, isSkipped, syncWave } from './hooks';
import { imagesOf } from './images';
import { KubernetesError } from './KubernetesClient';
import { LiveCluster } from './LiveCluster';
import { TargetState } from './targetState';
import {
  groupOf,
  objectKey,
  TRACKING_ANNOTATION,
  trackedApplication,
  versionOf,
} from './tracking';
import {
  ApplicationCondition,
  HealthCode,
  KubernetesObject,
  ResourceStatus,
  SyncCode,
} from './types';

/** How an Application's target compares with what lives in its destination. */
export interface Comparison {
  sync: SyncCode;
  health: HealthCode;
  revisions: string[];
  sourceTypes: string[];
  resources: ResourceStatus[];
  images: string[];
  conditions: ApplicationCondition[];
}

/** The live object of a manifest; undefined also for a kind that the cluster does not serve. */
export async function findLive(
  live: LiveCluster,
  object: KubernetesObject,
): Promise<KubernetesObject | undefined> {
  try {
    return await live.get(object);
  } catch (error) {
    if (error instanceof KubernetesError && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}

/** The patch that a live object needs. A tracking id of another Application alone is no difference, or two would fight over it. */
export function planChange(live: KubernetesObject, target: KubernetesObject) {
  const owner = trackedApplication(live);
  if (!owner || owner === trackedApplication(target)) {
    return planPatch(live, target);
  }
  const annotations = { ...target.metadata.annotations };
  delete annotations[TRACKING_ANNOTATION];
  return planPatch(live, {
    ...target,
    metadata: { ...target.metadata, annotations },
  });
}

/**
 * Compares what manifests declare with what lives.
 *
 * @param target - undefined when the manifests could not be made: what lives is
 * then reported with status Unknown, and its health, as Argo CD does
 * @throws when the destination cannot be read
 */
export async function compareApplication(
  application: string,
  target: TargetState | undefined,
  live: LiveCluster,
): Promise<Comparison> {
  await live.connect();
  const resources: ResourceStatus[] = [];
  const healths: Array<HealthCode | undefined> = [];
  const images = new Set<string>();
  const conditions: ApplicationCondition[] = [];
  const declared = new Set<string>();
  const objects = (target?.objects ?? []).filter(object => !isSkipped(object));

  for (const object of objects.filter(item => !hookPhases(item).length)) {
    declared.add(objectKey(object));
    const current = await findLive(live, object);
    const isSynced = current !== undefined && !planChange(current, object);
    healths.push(current ? healthOf(current) : 'Missing');
    resources.push(
      describe(object, { status: isSynced ? 'Synced' : 'OutOfSync' }),
    );
    for (const image of current ? imagesOf(current) : []) {
      images.add(image);
    }
    const owner = current && trackedApplication(current);
    if (owner && owner !== application) {
      conditions.push({
        type: 'SharedResourceWarning',
        message: `${object.kind}/${object.metadata.name} is part of applications argocd/${application} and ${owner}`,
      });
    }
  }
  for (const object of live.ownedBy(application)) {
    if (declared.has(objectKey(object))) {
      continue;
    }
    const isHook = hookPhases(object).length > 0;
    if (!isHook) {
      healths.push(healthOf(object));
    }
    for (const image of imagesOf(object)) {
      images.add(image);
    }
    resources.push(
      describe(object, {
        ...(isHook
          ? { hook: true }
          : { status: target ? 'OutOfSync' : 'Unknown' }),
        requiresPruning: true,
      }),
    );
  }
  for (const key of target?.repeated ?? []) {
    conditions.push({
      type: 'RepeatedResourceWarning',
      message: `Resource ${key} appeared 2 times among application resources.`,
    });
  }
  const isSynced = resources.every(
    resource => resource.hook || resource.status === 'Synced',
  );
  const compared = isSynced ? 'Synced' : 'OutOfSync';
  return {
    sync: target ? compared : 'Unknown',
    health: worstHealth(healths),
    revisions: target?.revisions ?? [],
    sourceTypes: target?.sourceTypes ?? [],
    resources: resources.sort(byIdentity),
    images: [...images].sort(),
    conditions,
  };
}

function describe(
  object: KubernetesObject,
  more: Partial<ResourceStatus>,
): ResourceStatus {
  const { namespace, name } = object.metadata;
  const group = groupOf(object.apiVersion);
  const wave = syncWave(object);
  return {
    ...(group && { group }),
    kind: object.kind,
    name,
    ...(namespace && { namespace }),
    version: versionOf(object.apiVersion),
    ...(wave !== 0 && { syncWave: wave }),
    ...more,
  };
}

function byIdentity(one: ResourceStatus, other: ResourceStatus): number {
  const key = ({ group = '', kind, namespace = '', name }: ResourceStatus) =>
    [group, kind, namespace, name].join('\0');
  return key(one) < key(other) ? -1 : 1;
}
