import { hookPhases, isSkipped, syncWave } from './hooks';
import { imagesOf } from './images';
import { groupOf, versionOf } from './tracking';
import {
  KubernetesObject,
  Operation,
  ResourceResult,
  SyncPhase,
} from './types';

/** One object that a sync applies, runs as a hook, or deletes. */
export interface SyncTask {
  object: KubernetesObject;
  phase: SyncPhase;
  wave: number;
  kind: 'namespace' | 'apply' | 'hook' | 'prune';
  result: ResourceResult;
}

/** Options of {@link planSyncTasks}. */
export interface PlanSyncTasksOptions {
  objects: KubernetesObject[];
  /** Live objects that no manifest declares any more. */
  extra: KubernetesObject[];
  /** A namespace that has to be made first. */
  namespace?: string;
  /** Only these, and no hooks, when given. */
  resources?: NonNullable<Operation['sync']>['resources'];
  revision: string;
  now: Date;
}

const PHASE_ORDER: SyncPhase[] = ['PreSync', 'Sync', 'PostSync', 'SyncFail'];
const KIND_ORDER = [
  'Namespace',
  'NetworkPolicy',
  'ServiceAccount',
  'Secret',
  'ConfigMap',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'Service',
  'DaemonSet',
  'Pod',
  'Deployment',
  'StatefulSet',
  'Job',
  'CronJob',
  'Ingress',
];

function task(
  object: KubernetesObject,
  phase: SyncPhase,
  kind: SyncTask['kind'],
): SyncTask {
  const { name, namespace = '' } = object.metadata;
  const images = imagesOf(object);
  return {
    object,
    phase,
    kind,
    wave: syncWave(object),
    result: {
      group: groupOf(object.apiVersion),
      ...(kind === 'hook' && { hookType: phase }),
      ...(images.length > 0 && kind !== 'prune' && { images }),
      kind: object.kind,
      name,
      namespace,
      syncPhase: phase,
      version: versionOf(object.apiVersion),
    },
  };
}

/** The steps of a sync, each the tasks of one phase and wave, in the order in which Argo CD takes them. */
export function planSyncTasks(options: PlanSyncTasksOptions): SyncTask[][] {
  const { objects, extra, namespace, resources, revision, now } = options;
  const isWanted = ({ apiVersion, kind, metadata }: KubernetesObject) =>
    !resources?.length ||
    resources.some(
      item =>
        (item.group ?? '') === groupOf(apiVersion) &&
        item.kind === kind &&
        item.name === metadata.name &&
        (!item.namespace || item.namespace === metadata.namespace),
    );
  const tasks: SyncTask[] = [];
  for (const object of objects.filter(item => !isSkipped(item))) {
    const phases = hookPhases(object);
    if (phases.length === 0) {
      if (isWanted(object)) {
        tasks.push(task(object, 'Sync', 'apply'));
      }
    } else if (!resources?.length) {
      for (const phase of phases) {
        tasks.push(task(named(object, phase, revision, now), phase, 'hook'));
      }
    }
  }
  for (const object of extra.filter(isWanted)) {
    tasks.push(task(object, 'Sync', 'prune'));
  }
  const isDeclared = objects.some(
    ({ kind, metadata }) => kind === 'Namespace' && metadata.name === namespace,
  );
  if (namespace && !isDeclared) {
    const object = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    };
    tasks.push({ ...task(object, 'PreSync', 'namespace'), wave: -Infinity });
  }

  // A namespace is made before everything; what it makes possible comes next.
  const order = (item: SyncTask) => [
    PHASE_ORDER.indexOf(item.phase),
    item.wave,
    item.kind === 'prune' ? 1 : 0,
    KIND_ORDER.indexOf(item.object.kind) + 1 || KIND_ORDER.length + 1,
  ];
  tasks.sort((one, other) => {
    const [a, b] = [order(one), order(other)];
    const index = a.findIndex((value, position) => value !== b[position]);
    if (index >= 0) {
      return a[index] - b[index];
    }
    return one.object.metadata.name < other.object.metadata.name ? -1 : 1;
  });
  const steps: SyncTask[][] = [];
  for (const item of tasks) {
    const step = steps.at(-1);
    if (step && step[0].phase === item.phase && step[0].wave === item.wave) {
      step.push(item);
    } else {
      steps.push([item]);
    }
  }
  return steps;
}

/** A hook with `generateName` gets a name of its own per sync. */
function named(
  object: KubernetesObject,
  phase: SyncPhase,
  revision: string,
  now: Date,
): KubernetesObject {
  const { generateName, ...metadata } = object.metadata;
  return metadata.name || !generateName
    ? object
    : {
        ...object,
        metadata: {
          ...metadata,
          name: `${generateName}${revision.slice(
            0,
            7,
          )}-${phase.toLowerCase()}-${Math.floor(now.getTime() / 1000)}`,
        },
      };
}
