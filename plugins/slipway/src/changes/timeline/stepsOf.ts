import type { Change } from '@slipway/backstage-plugin-slipway-common';

export type StepName = Change['steps'][number]['step'];

/** How far a step is; `late` is what took longer than it may. */
export type StepProgress = 'done' | 'current' | 'failed' | 'late' | 'toCome';

export interface TimelineStep {
  /** What happened, or what a change on its way is doing or waits for. */
  name: StepName | 'waiting' | 'pushBegun' | 'following';
  progress: StepProgress;
  /** When it happened or, for the current one, since when. ISO 8601. */
  at?: string;
  /** Since the step before. */
  milliseconds?: number;
}

const endings: { [name in StepName]?: StepProgress } = {
  failed: 'failed',
  degraded: 'failed',
  timedOut: 'late',
};

function toCome(...names: StepName[]): TimelineStep[] {
  return names.map(name => ({ name, progress: 'toCome' }));
}

/** What happened to a change, what it is at, and what should follow. */
export function stepsOf({ steps, summary }: Change): TimelineStep[] {
  const past = steps.map(
    ({ step, at, milliseconds }): TimelineStep => ({
      name: step === 'pushing' ? 'pushBegun' : step,
      progress: endings[step] ?? 'done',
      at,
      milliseconds,
    }),
  );
  const { since, state } = summary;
  switch (state) {
    case 'Accepted':
      return [
        ...past,
        { name: 'waiting', progress: 'current', at: since },
        ...toCome('pushed', 'live'),
      ];
    case 'Pushing': {
      const begun = past.at(-1)?.name === 'pushBegun';
      return [
        ...(begun ? past.slice(0, -1) : past),
        { name: 'pushing', progress: 'current', at: since },
        ...toCome('pushed', 'live'),
      ];
    }
    case 'Following':
      return [...past, { name: 'following', progress: 'current', at: since }];
    default:
      return past;
  }
}
