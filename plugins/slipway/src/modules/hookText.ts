import type { ModuleResource } from '@slipway/backstage-plugin-slipway-common';
import type { Phase } from '../status';
import type { Text } from '../translation';
import { messages } from '../translation/messages';

const phases: { [phase: string]: string } = messages.phase;

/**
 * What stands under *Hook*: the type for real hooks, the phase for every resource that has one, since the engine gives
 * plain resources a phase too. A phase that this version does not know is shown as it is.
 */
export function hookText(t: Text, resource: ModuleResource): string {
  const { hookPhase, hookType } = resource;
  const phase =
    hookPhase && Object.hasOwn(phases, hookPhase)
      ? t(`phase.${hookPhase as Phase}`)
      : hookPhase;
  return [hookType, phase].filter(Boolean).join(' ');
}
