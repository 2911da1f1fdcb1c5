import type { ChangeStepsInner } from '@slipway/backstage-plugin-slipway-common';

/** Adds a step to those of a change, as its row holds them, with the time since the one before. */
export function withStep(
  json: string,
  step: ChangeStepsInner['step'],
  at: string,
): string {
  const steps: ChangeStepsInner[] = JSON.parse(json);
  const before = steps.at(-1)?.at ?? at;
  const milliseconds = Date.parse(at) - Date.parse(before);
  return JSON.stringify([...steps, { step, at, milliseconds }]);
}
