import { healthOf } from './healthOf';

const deployment = (spec: object, status: object, generation = 2) => ({
  metadata: { generation },
  spec,
  status: { observedGeneration: 2, ...status },
});
const rolledOut = {
  replicas: 2,
  updatedReplicas: 2,
  availableReplicas: 2,
};
const condition = (type: string) => ({
  status: { conditions: [{ type, status: 'True' }] },
});

describe('healthOf', () => {
  it.each<[string, object, string | undefined]>([
    ['apps/Deployment', deployment({ replicas: 2 }, rolledOut), 'Healthy'],
    ['apps/Deployment', deployment({ replicas: 3 }, rolledOut), 'Progressing'],
    [
      'apps/Deployment',
      deployment({ replicas: 2 }, rolledOut, 3),
      'Progressing',
    ],
    ['apps/Deployment', deployment({ paused: true }, {}), 'Suspended'],
    [
      'apps/Deployment',
      deployment({}, { conditions: [{ reason: 'ProgressDeadlineExceeded' }] }),
      'Degraded',
    ],
    [
      'apps/StatefulSet',
      deployment({ replicas: 1 }, { readyReplicas: 1 }),
      'Healthy',
    ],
    [
      'apps/StatefulSet',
      deployment({}, { readyReplicas: 1, updateRevision: 'b' }),
      'Progressing',
    ],
    [
      'apps/DaemonSet',
      deployment({}, { desiredNumberScheduled: 1 }),
      'Progressing',
    ],
    ['batch/Job', condition('Complete'), 'Healthy'],
    ['batch/Job', condition('Failed'), 'Degraded'],
    ['batch/Job', { spec: { suspend: true } }, 'Suspended'],
    ['batch/Job', {}, 'Progressing'],
    ['/Pod', { status: { phase: 'Failed' } }, 'Degraded'],
    ['/Pod', { metadata: { deletionTimestamp: 'x' } }, 'Progressing'],
    ['/PersistentVolumeClaim', { status: { phase: 'Lost' } }, 'Degraded'],
    ['/PersistentVolumeClaim', {}, 'Unknown'],
    ['/ConfigMap', {}, undefined],
    ['example.com/Deployment', {}, undefined],
  ])('%s %j is %s', (name, object, expected) => {
    const [group, kind] = name.split('/');
    expect(healthOf({ group, kind }, object as never)).toBe(expected);
  });
});
