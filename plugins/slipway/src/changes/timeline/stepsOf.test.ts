import type { Change } from '@slipway/backstage-plugin-slipway-common';
import { StepName, stepsOf } from './stepsOf';

function change(state: Change['summary']['state'], steps: StepName[]): Change {
  return {
    summary: {
      id: 1,
      configRepo: 'shop',
      kind: 'edit',
      state,
      since: '2026-11-21T10:00:05Z',
      title: 'Scale checkout',
      authorName: 'engineer',
      requestedAt: '2026-11-21T10:00:00Z',
      files: 1,
      modules: [],
    },
    message: 'Scale checkout',
    files: [],
    targets: [],
    steps: steps.map((step, index) => ({
      step,
      at: `2026-11-21T10:00:0${index}Z`,
      ...(index > 0 && { milliseconds: 1_000 }),
    })),
    attempts: [],
    sequence: 1,
  };
}

describe('stepsOf', () => {
  it.each([
    [
      'waits for its turn',
      change('Accepted', ['requested']),
      'requested done, waiting current, pushed toCome, live toCome',
    ],
    [
      'is pushed for the second time',
      change('Pushing', ['requested', 'pushing', 'pushing']),
      'requested done, pushBegun done, pushing current, pushed toCome, live toCome',
    ],
    [
      'is followed',
      change('Following', ['requested', 'pushing', 'pushed']),
      'requested done, pushBegun done, pushed done, following current',
    ],
    [
      'was refused',
      change('Failed', ['requested', 'pushing', 'failed']),
      'requested done, pushBegun done, failed failed',
    ],
    [
      'took too long',
      change('TimedOut', ['requested', 'pushing', 'pushed', 'timedOut']),
      'requested done, pushBegun done, pushed done, timedOut late',
    ],
    [
      'came past Slipway',
      change('Live', ['pushed', 'live']),
      'pushed done, live done',
    ],
  ])('knows a change that %s', (_name, given, expected) => {
    expect(
      stepsOf(given)
        .map(({ name, progress }) => `${name} ${progress}`)
        .join(', '),
    ).toBe(expected);
  });

  it('tells since when the present step lasts, and how long those before took', () => {
    const steps = stepsOf(change('Following', ['requested', 'pushed']));
    expect(steps[1]).toMatchObject({ milliseconds: 1_000 });
    expect(steps[2]).toEqual({
      name: 'following',
      progress: 'current',
      at: '2026-11-21T10:00:05Z',
    });
  });
});
