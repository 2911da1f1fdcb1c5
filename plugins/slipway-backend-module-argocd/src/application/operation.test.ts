import type { EngineObject } from '@slipway/backstage-plugin-slipway-node';
import { mapped } from './__testUtils__/mapped';

describe('the operation of an Application', () => {
  const hook = (
    name: string,
    hookType: string,
    hookPhase: string,
    message?: string,
  ) => ({ kind: 'Job', name, hookType, hookPhase, message });
  const ran = (operationState: object) => ({ status: { operationState } });

  it.each<[string, object, EngineObject['operation']]>([
    ['none', {}, undefined],
    ['asked for', { operation: { sync: {} } }, { phase: 'Running' }],
    [
      'asked for again',
      { operation: {}, ...ran({ phase: 'Failed' }) },
      { phase: 'Running' },
    ],
    [
      'being ended',
      { operation: {}, ...ran({ phase: 'Terminating', startedAt: 't' }) },
      { phase: 'Terminating', startedAt: 't' },
    ],
    [
      'tried again',
      ran({ phase: 'Running', startedAt: 't', finishedAt: 'u' }),
      { phase: 'Running', startedAt: 't' },
    ],
    [
      'failed',
      ran({ phase: 'Error', message: 'boom' }),
      { phase: 'Error', message: 'boom' },
    ],
    [
      'failed by hooks, whose rows alone say why',
      ran({
        phase: 'Failed',
        message: 'unsuccessful',
        syncResult: {
          resources: [
            hook('a', 'PreSync', 'Succeeded'),
            hook('b', 'PostSync', 'Failed', 'too long'),
            hook('c', 'SyncFail', 'Error'),
            {
              kind: 'ConfigMap',
              name: 'd',
              hookPhase: 'Failed',
              message: 'said',
            },
          ],
        },
      }),
      {
        phase: 'Failed',
        message: 'unsuccessful · PostSync Job/b: too long · SyncFail Job/c',
      },
    ],
    [
      'by a person',
      ran({
        phase: 'Running',
        operation: { initiatedBy: { username: 'ann' } },
        syncResult: { revision: 'abc' },
      }),
      { phase: 'Running', revision: 'abc', initiatedBy: 'ann' },
    ],
    ['foreign', ran({ phase: 'Odd' }), undefined],
  ])('is told: %s', (_, application, expected) => {
    expect(mapped(application).operation).toEqual(expected);
  });

  it('says which hook failed wherever it says that the sync did', () => {
    const { conditions, operation } = mapped({
      status: {
        conditions: [
          { type: 'SyncError', message: 'Failed last sync attempt: no' },
          { type: 'SyncError', message: 'other' },
        ],
        operationState: {
          phase: 'Failed',
          message: 'no',
          syncResult: { resources: [hook('b', 'Sync', 'Failed')] },
        },
      },
    });
    expect(operation?.message).toBe('no · Sync Job/b');
    expect(conditions.map(({ message }) => message)).toEqual([
      'Failed last sync attempt: no · Sync Job/b',
      'other',
    ]);
  });
});
