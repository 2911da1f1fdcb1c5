import type { HealthState } from '@slipway/backstage-plugin-slipway-common';
import {
  fields,
  type Fields,
  rows,
  text,
} from '@slipway/backstage-plugin-slipway-node';

interface Live {
  metadata: Fields;
  spec: Fields;
  status: Fields;
}

const number = (value: unknown, missing = 0) =>
  typeof value === 'number' ? value : missing;

const RULES: Record<string, (live: Live) => HealthState> = {
  'apps/Deployment': live => {
    const { spec, status } = live;
    if (spec.paused === true) return 'Suspended';
    if (!isObserved(live)) return 'Progressing';
    const late = rows(status.conditions).some(
      ({ reason }) => reason === 'ProgressDeadlineExceeded',
    );
    if (late) return 'Degraded';
    const updated = number(status.updatedReplicas);
    return updated >= number(spec.replicas, 1) &&
      number(status.replicas) <= updated &&
      number(status.availableReplicas) >= updated
      ? 'Healthy'
      : 'Progressing';
  },
  'apps/StatefulSet': live => {
    const { spec, status } = live;
    const onDelete = fields(spec.updateStrategy).type === 'OnDelete';
    return isObserved(live) &&
      number(status.readyReplicas) >= number(spec.replicas, 1) &&
      (onDelete || status.updateRevision === status.currentRevision)
      ? 'Healthy'
      : 'Progressing';
  },
  'apps/DaemonSet': live => {
    const { status } = live;
    const wanted = number(status.desiredNumberScheduled);
    return isObserved(live) &&
      number(status.updatedNumberScheduled) >= wanted &&
      number(status.numberAvailable) >= wanted
      ? 'Healthy'
      : 'Progressing';
  },
  'batch/Job': ({ spec, status }) => {
    if (has(status, 'Failed')) return 'Degraded';
    if (has(status, 'Complete')) return 'Healthy';
    return spec.suspend === true ? 'Suspended' : 'Progressing';
  },
  '/PersistentVolumeClaim': ({ status }) =>
    (({ Bound: 'Healthy', Lost: 'Degraded', Pending: 'Progressing' } as const)[
      text(status.phase) ?? ''
    ] ?? 'Unknown'),
  '/Pod': ({ status }) => {
    switch (status.phase) {
      case 'Succeeded':
        return 'Healthy';
      case 'Failed':
        return 'Degraded';
      case 'Running':
        return has(status, 'Ready') ? 'Healthy' : 'Progressing';
      default:
        return status.phase === 'Pending' ? 'Progressing' : 'Unknown';
    }
  },
};

/** Whether objects of a kind tell how they are. */
export function tellsHealth({
  group,
  kind,
}: {
  group: string;
  kind: string;
}): boolean {
  return Object.hasOwn(RULES, `${group}/${kind}`);
}

/**
 * How a live object is, by what its status says; undefined for kinds that do not tell.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/ whose rules these are
 */
export function healthOf(
  { group, kind }: { group: string; kind: string },
  object: Fields,
): HealthState | undefined {
  if (!tellsHealth({ group, kind })) return undefined;
  const metadata = fields(object.metadata);
  if (metadata.deletionTimestamp !== undefined) return 'Progressing';
  return RULES[`${group}/${kind}`]({
    metadata,
    spec: fields(object.spec),
    status: fields(object.status),
  });
}

function isObserved({ metadata, status }: Live): boolean {
  return number(status.observedGeneration) >= number(metadata.generation);
}

function has(status: Fields, type: string): boolean {
  return rows(status.conditions).some(
    condition => condition.type === type && condition.status === 'True',
  );
}
