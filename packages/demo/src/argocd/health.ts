import { HealthCode, KubernetesObject } from './types';

interface Condition {
  type: string;
  status: string;
  reason?: string;
}

interface WorkloadStatus {
  observedGeneration?: number;
  replicas?: number;
  updatedReplicas?: number;
  readyReplicas?: number;
  availableReplicas?: number;
  currentRevision?: string;
  updateRevision?: string;
  desiredNumberScheduled?: number;
  updatedNumberScheduled?: number;
  numberAvailable?: number;
  conditions?: Condition[];
  phase?: string;
  loadBalancer?: { ingress?: unknown[] };
  containerStatuses?: Array<{ state?: { waiting?: { reason?: string } } }>;
}

type Workload = KubernetesObject & {
  spec?: {
    paused?: boolean;
    suspend?: boolean;
    replicas?: number;
    type?: string;
    restartPolicy?: string;
    updateStrategy?: { type?: string };
  };
  status?: WorkloadStatus;
};

const ORDER: HealthCode[] = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Missing',
  'Degraded',
  'Unknown',
];

/** The worse of several, in Argo CD's order; no resources at all are Healthy. */
export function worstHealth(codes: Array<HealthCode | undefined>): HealthCode {
  return codes.reduce<HealthCode>(
    (worst, code) =>
      code && ORDER.indexOf(code) > ORDER.indexOf(worst) ? code : worst,
    'Healthy',
  );
}

const RULES: Record<string, (object: Workload) => HealthCode> = {
  'apps/Deployment': ({ spec, status, metadata }) => {
    if (spec?.paused) {
      return 'Suspended';
    }
    const exceeded = status?.conditions?.some(
      condition =>
        condition.type === 'Progressing' &&
        condition.reason === 'ProgressDeadlineExceeded',
    );
    const isObserved =
      (metadata.generation ?? 0) <= (status?.observedGeneration ?? 0);
    if (!isObserved) {
      return 'Progressing';
    }
    if (exceeded) {
      return 'Degraded';
    }
    const updated = status?.updatedReplicas ?? 0;
    return updated < (spec?.replicas ?? 1) ||
      (status?.replicas ?? 0) > updated ||
      (status?.availableReplicas ?? 0) < updated
      ? 'Progressing'
      : 'Healthy';
  },
  'apps/StatefulSet': ({ spec, status, metadata }) => {
    if (
      (status?.observedGeneration ?? 0) < (metadata.generation ?? 0) ||
      (status?.readyReplicas ?? 0) < (spec?.replicas ?? 1)
    ) {
      return 'Progressing';
    }
    return spec?.updateStrategy?.type === 'OnDelete' ||
      status?.updateRevision === status?.currentRevision
      ? 'Healthy'
      : 'Progressing';
  },
  'apps/DaemonSet': ({ status, metadata }) => {
    const desired = status?.desiredNumberScheduled ?? 0;
    return (status?.observedGeneration ?? 0) < (metadata.generation ?? 0) ||
      (status?.updatedNumberScheduled ?? 0) < desired ||
      (status?.numberAvailable ?? 0) < desired
      ? 'Progressing'
      : 'Healthy';
  },
  'batch/Job': ({ spec, status }) => {
    const has = (type: string) =>
      status?.conditions?.some(
        condition => condition.type === type && condition.status === 'True',
      );
    if (has('Failed')) {
      return 'Degraded';
    }
    if (has('Complete')) {
      return 'Healthy';
    }
    return spec?.suspend || has('Suspended') ? 'Suspended' : 'Progressing';
  },
  'v1/Service': ({ spec, status }) =>
    spec?.type === 'LoadBalancer' && !status?.loadBalancer?.ingress?.length
      ? 'Progressing'
      : 'Healthy',
  'networking.k8s.io/Ingress': ({ status }) =>
    status?.loadBalancer?.ingress?.length ? 'Healthy' : 'Progressing',
  'v1/PersistentVolumeClaim': ({ status }) =>
    (({ Bound: 'Healthy', Lost: 'Degraded', Pending: 'Progressing' } as const)[
      status?.phase ?? ''
    ] ?? 'Unknown'),
  'v1/Pod': ({ spec, status }) => {
    const isBroken = status?.containerStatuses?.some(container =>
      /^Err|BackOff$|Error$/.test(container.state?.waiting?.reason ?? ''),
    );
    switch (status?.phase) {
      case 'Succeeded':
        return 'Healthy';
      case 'Failed':
        return 'Degraded';
      case 'Running':
        if (isBroken) {
          return 'Degraded';
        }
        return spec?.restartPolicy === 'Always' &&
          status.conditions?.some(
            ({ type, status: value }) => type === 'Ready' && value === 'True',
          )
          ? 'Healthy'
          : 'Progressing';
      case 'Pending':
        return isBroken ? 'Degraded' : 'Progressing';
      default:
        return 'Unknown';
    }
  },
};

/**
 * The health of one live object by Argo CD's built-in rules; undefined for a
 * kind that has none.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
 */
export function healthOf(object: KubernetesObject): HealthCode | undefined {
  const rule = RULES[`${object.apiVersion.split('/')[0]}/${object.kind}`];
  if (!rule) {
    return undefined;
  }
  return object.metadata.deletionTimestamp
    ? 'Progressing'
    : rule(object as Workload);
}
