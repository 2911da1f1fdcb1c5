import { asList, asRecord, type JsonRecord, readPath } from '../store/json';
import type { KubernetesObject } from '../store/types';

/** How a workload of the demo fares: `demo.slipway.dev/health` on the object. */
export type WorkloadHealth = 'healthy' | 'degraded' | 'progressing' | 'slow';

/** The annotation that tells a workload how to fare. */
export const HEALTH_ANNOTATION = 'demo.slipway.dev/health';

/** What a status is made from. */
export interface StatusContext {
  object: KubernetesObject;
  /** Whether the roll-out is over, well or badly. */
  settled: boolean;
  /** RFC 3339. */
  now: string;
  /** How many nodes the cluster has. */
  nodeCount: () => number;
}

type StatusRule = (context: StatusContext) => JsonRecord;

/** How a workload is told to fare. */
export function healthOf({ metadata }: KubernetesObject): WorkloadHealth {
  const value = metadata.annotations?.[HEALTH_ANNOTATION];
  return value === 'degraded' || value === 'progressing' || value === 'slow'
    ? value
    : 'healthy';
}

/** A condition; its times change with its status only. */
function condition(
  { object, now }: StatusContext,
  type: string,
  status: 'True' | 'False',
  reason: string,
  message: string,
): JsonRecord {
  const before = asList(readPath(object, 'status.conditions'))
    .map(asRecord)
    .find(candidate => candidate.type === type);
  const same = before?.status === status;
  return {
    type,
    status,
    reason,
    message,
    lastTransitionTime: (same && before.lastTransitionTime) || now,
  };
}

function succeeds({ object, settled }: StatusContext): boolean {
  return settled && healthOf(object) !== 'degraded';
}

function replicasOf(object: KubernetesObject): number {
  const replicas = readPath(object, 'spec.replicas');
  return typeof replicas === 'number' ? replicas : 1;
}

function withoutZeros(counts: Record<string, number>): JsonRecord {
  return Object.fromEntries(
    Object.entries(counts).filter(([, count]) => count > 0),
  );
}

function deploymentStatus(context: StatusContext): JsonRecord {
  const { object, settled } = context;
  const { name, generation } = object.metadata;
  const replicas = replicasOf(object);
  const ready = succeeds(context) ? replicas : 0;
  const set = `ReplicaSet "${name}-${generation}"`;
  const available =
    ready === replicas
      ? condition(
          context,
          'Available',
          'True',
          'MinimumReplicasAvailable',
          'Deployment has minimum availability.',
        )
      : condition(
          context,
          'Available',
          'False',
          'MinimumReplicasUnavailable',
          'Deployment does not have minimum availability.',
        );
  let progressing: JsonRecord;
  if (!settled) {
    progressing = condition(
      context,
      'Progressing',
      'True',
      'ReplicaSetUpdated',
      `${set} is progressing.`,
    );
  } else if (ready === replicas) {
    progressing = condition(
      context,
      'Progressing',
      'True',
      'NewReplicaSetAvailable',
      `${set} has successfully progressed.`,
    );
  } else {
    progressing = condition(
      context,
      'Progressing',
      'False',
      'ProgressDeadlineExceeded',
      `${set} has timed out progressing.`,
    );
  }
  return {
    observedGeneration: generation,
    ...withoutZeros({
      replicas,
      updatedReplicas: replicas,
      readyReplicas: ready,
      availableReplicas: ready,
      unavailableReplicas: replicas - ready,
    }),
    conditions: [available, progressing],
  };
}

function statefulSetStatus(context: StatusContext): JsonRecord {
  const { object } = context;
  const { name, generation } = object.metadata;
  const replicas = replicasOf(object);
  const ready = succeeds(context) ? replicas : 0;
  const revision = `${name}-${generation}`;
  return {
    observedGeneration: generation,
    replicas,
    ...withoutZeros({
      readyReplicas: ready,
      currentReplicas: ready,
      updatedReplicas: replicas,
    }),
    availableReplicas: ready,
    currentRevision: succeeds(context)
      ? revision
      : readPath(object, 'status.currentRevision') ?? revision,
    updateRevision: revision,
    collisionCount: 0,
  };
}

function replicaSetStatus(context: StatusContext): JsonRecord {
  const replicas = replicasOf(context.object);
  const ready = succeeds(context) ? replicas : 0;
  return {
    observedGeneration: context.object.metadata.generation,
    replicas,
    ...withoutZeros({
      fullyLabeledReplicas: replicas,
      readyReplicas: ready,
      availableReplicas: ready,
    }),
  };
}

function daemonSetStatus(context: StatusContext): JsonRecord {
  const { object, nodeCount } = context;
  const nodes = nodeCount();
  const ready = succeeds(context) ? nodes : 0;
  return {
    observedGeneration: object.metadata.generation,
    currentNumberScheduled: nodes,
    desiredNumberScheduled: nodes,
    numberMisscheduled: 0,
    numberReady: ready,
    ...withoutZeros({
      updatedNumberScheduled: nodes,
      numberAvailable: ready,
      numberUnavailable: nodes - ready,
    }),
  };
}

function jobStatus(context: StatusContext): JsonRecord {
  const { object, settled, now } = context;
  const startTime = readPath(object, 'status.startTime') ?? now;
  const completions = readPath(object, 'spec.completions') ?? 1;
  if (!settled) {
    return { startTime, active: 1, ready: 1 };
  }
  if (!succeeds(context)) {
    const failed = condition(
      context,
      'Failed',
      'True',
      'BackoffLimitExceeded',
      'Job has reached the specified backoff limit',
    );
    return { startTime, failed: 1, ready: 0, conditions: [failed] };
  }
  return {
    startTime,
    completionTime: readPath(object, 'status.completionTime') ?? now,
    succeeded: completions,
    ready: 0,
    conditions: [
      condition(
        context,
        'SuccessCriteriaMet',
        'True',
        'CompletionsReached',
        'Reached expected number of succeeded pods',
      ),
      condition(
        context,
        'Complete',
        'True',
        'CompletionsReached',
        'Reached expected number of succeeded pods',
      ),
    ],
  };
}

function phase(running: string, waiting: string, failed: string): StatusRule {
  return context => {
    if (!context.settled) {
      return { phase: waiting };
    }
    return { phase: succeeds(context) ? running : failed };
  };
}

const RULES: Record<string, StatusRule> = {
  'apps/Deployment': deploymentStatus,
  'apps/StatefulSet': statefulSetStatus,
  'apps/ReplicaSet': replicaSetStatus,
  'apps/DaemonSet': daemonSetStatus,
  'batch/Job': jobStatus,
  'networking.k8s.io/Ingress': () => ({
    loadBalancer: { ingress: [{ ip: '192.0.2.10' }] },
  }),
  '/Pod': phase('Running', 'Pending', 'Failed'),
  '/PersistentVolumeClaim': phase('Bound', 'Pending', 'Lost'),
};

/** The status of a workload, `undefined` for kinds that nobody runs. Pure. */
export function workloadStatus(context: StatusContext): JsonRecord | undefined {
  const { apiVersion, kind } = context.object;
  const [group] = apiVersion.includes('/') ? apiVersion.split('/') : [''];
  return RULES[`${group}/${kind}`]?.(context);
}
