import type { ModuleState } from '@slipway/backstage-plugin-slipway-common';
import { foldTargets } from './foldTargets';
import {
  judgeTarget,
  meanwhile,
  timedOut,
  type TargetEvidence,
} from './judgeTarget';
import { Settling } from './Settling';
import type { FollowedTarget, TargetState } from './types';

const reason = (code: string) => ({ code, params: {} });

function state(overrides: Partial<ModuleState> = {}): ModuleState {
  return {
    cluster: 'gd',
    namespace: 'shop',
    health: { state: 'Healthy' },
    sync: { state: 'Synced' },
    fileSync: { state: 'Current' },
    stale: false,
    engineObjects: [
      { engine: 'argocd', cluster: 'gd', namespace: 'argocd', name: 'cart' },
    ],
    ...overrides,
  };
}

const applied: TargetEvidence = {
  inHead: true,
  state: state(),
  applied: true,
  compared: true,
};
const waiting: TargetEvidence = { ...applied, applied: false, compared: false };
const outOfSync = { sync: { state: 'OutOfSync' as const } };

describe('judging a change on a target', () => {
  it.each<
    [
      string,
      TargetEvidence,
      TargetState,
      string,
      string | undefined,
      TargetState?,
    ]
  >([
    ['not seen', { ...applied, inHead: false }, 'Waiting', '', undefined],
    ['not applied', waiting, 'Waiting', '', undefined],
    ['applied', applied, 'Live', 'ends settles', undefined],
    [
      'written over',
      { ...applied, superseded: reason('supersededBy') },
      'Superseded',
      'ends',
      'supersededBy',
    ],
    [
      'no module',
      { ...applied, state: undefined },
      'Waiting',
      'ends settles',
      'moduleGone',
      'Progressing',
    ],
    [
      'taken away, but for what is deployed',
      { ...waiting, removed: true },
      'Progressing',
      '',
      'moduleRemoving',
    ],
    [
      'taken away',
      { ...waiting, state: undefined, removed: true },
      'Live',
      'ends settles',
      'moduleRemoved',
      'Progressing',
    ],
    [
      'no engine object',
      { ...applied, state: state({ engineObjects: [] }) },
      'Waiting',
      'ends settles',
      'notDeployedYet',
    ],
    [
      'offline',
      { ...applied, state: state({ stale: true }) },
      'Waiting',
      'settles',
      'clusterOffline',
    ],
    [
      'failed',
      { ...waiting, operation: { failed: 'no' } },
      'Degraded',
      'ends settles',
      'operationFailed',
    ],
    [
      'syncing',
      { ...waiting, operation: 'running' },
      'Progressing',
      '',
      undefined,
    ],
    [
      'busy with other things',
      { ...waiting, operation: 'other' },
      'Waiting',
      '',
      undefined,
    ],
    ['under way before', waiting, 'Progressing', '', undefined, 'Progressing'],
    [
      'not synced by itself',
      { ...waiting, compared: true, state: state(outOfSync) },
      'Waiting',
      'settles',
      'waitsForSync',
    ],
    [
      'not to be compared',
      {
        ...waiting,
        state: state({
          sync: { state: 'Unknown', reason: reason('comparisonFailed') },
        }),
      },
      'Waiting',
      'settles',
      'comparisonFailed',
    ],
    [
      'degraded',
      { ...applied, state: state({ health: { state: 'Degraded' } }) },
      'Degraded',
      'ends settles',
      'moduleDegraded',
    ],
    [
      'degraded, with words',
      {
        ...applied,
        state: state({
          health: { state: 'Degraded', reason: reason('engineMessage') },
        }),
      },
      'Degraded',
      'ends settles',
      'engineMessage',
    ],
    [
      'rolling out',
      { ...applied, state: state({ health: { state: 'Progressing' } }) },
      'Progressing',
      '',
      undefined,
    ],
    [
      'drifted',
      { ...applied, state: state(outOfSync) },
      'Progressing',
      '',
      undefined,
    ],
    [
      'applied before what came later',
      {
        ...applied,
        state: state({ ...outOfSync, fileSync: { state: 'Behind' } }),
      },
      'Live',
      'ends settles',
      undefined,
    ],
    [
      'applied with hooks still to run',
      { ...applied, operation: 'running' },
      'Progressing',
      '',
      undefined,
    ],
  ])('%s', (_, evidence, expected, how, code, current = 'Waiting') => {
    const verdict = judgeTarget(evidence, { module: 'cart', state: current });
    const { ended, settles } = verdict;
    expect(verdict.state).toBe(expected);
    expect(verdict.reason?.code).toBe(code);
    expect({ ended, settles }).toEqual({
      ended: how.includes('ends'),
      settles: how.includes('settles'),
    });
  });

  it('holds an end back until it has stood for a while', () => {
    const settling = new Settling(1000);
    const target = { module: 'cart', state: 'Waiting' } as FollowedTarget;
    const live = judgeTarget(applied, target);
    const bad = { ...live, state: 'Degraded' as const };
    const at = (now: number, verdict = live) => {
      const settled = settling.settle('key', verdict, target, now);
      return [settled.verdict.state, settled.left];
    };
    expect(at(0)).toEqual(['Progressing', 1000]);
    expect(at(900)).toEqual(['Progressing', 100]);
    expect(at(950, bad)).toEqual(['Progressing', 1000]);
    expect(at(1500)).toEqual(['Progressing', 1000]);
    expect(at(2400)).toEqual(['Progressing', 100]);
    expect(at(2500)).toEqual(['Live', undefined]);
    const offline = judgeTarget(
      { ...applied, state: state({ stale: true }) },
      target,
    );
    expect(
      meanwhile(offline, { state: 'Waiting', reason: reason('waitsForSync') }),
    ).toMatchObject({ state: 'Waiting', reason: reason('waitsForSync') });
  });

  it('says why the time was not enough', () => {
    const codeOf = (evidence: TargetEvidence) =>
      timedOut(judgeTarget(evidence, { module: 'cart', state: 'Waiting' }), 10)
        .reason;
    expect(codeOf(waiting)).toEqual({
      code: 'notAppliedInTime',
      params: { minutes: '10' },
    });
    expect(codeOf({ ...applied, state: state(outOfSync) })?.code).toBe(
      'notLiveInTime',
    );
    expect(codeOf({ ...applied, state: state({ stale: true }) })?.code).toBe(
      'clusterOffline',
    );
  });

  it.each<[TargetState[], string | undefined]>([
    [[], 'Live'],
    [['Live', 'Superseded'], 'Live'],
    [['Live', 'TimedOut'], 'TimedOut'],
    [['TimedOut', 'Degraded', 'Live'], 'Degraded'],
  ])('%j come to %s', (states, end) => {
    const targets = states.map(one => ({ state: one, ended: true }));
    expect(foldTargets(targets)?.state).toBe(end);
    expect(
      foldTargets([...targets, { state: 'Waiting', ended: false }]),
    ).toBeUndefined();
  });
});
