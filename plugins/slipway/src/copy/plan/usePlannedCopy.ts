import { useEffect, useMemo, useState } from 'react';
import type {
  CopyRule,
  EnvironmentCopy,
} from '@slipway/backstage-plugin-slipway-common';
import { usePlan } from '../../changes/review';

/** What the proposed rules depend on. */
function groundOf({ modules, source, target }: EnvironmentCopy): string {
  return JSON.stringify([source, target.name, target.targets, modules]);
}

/**
 * Plans a copy, and again whenever it changes. Rules that the plan proposes are sent along from then on, so that they stay
 * as they were seen; until the source, the modules or the place of the target are others, to which others may fit.
 *
 * @param copy - undefined while there is nothing to ask about
 */
export function usePlannedCopy(
  configRepo: string,
  copy: EnvironmentCopy | undefined,
) {
  const [proposed, setProposed] = useState<{
    ground: string;
    rules: CopyRule[];
  }>();
  const key = JSON.stringify([configRepo, copy]);
  const rules =
    copy && proposed?.ground === groundOf(copy) ? proposed.rules : undefined;
  const asked = useMemo<EnvironmentCopy | undefined>(
    () => copy && { ...(rules && { rules }), ...copy },
    [copy, rules],
  );
  const { state, planAgain } = usePlan({
    configRepo,
    // Without the proposed rules: the plan that proposed them is the answer already.
    key,
    request: asked && { kind: 'copy', copy: asked },
  });
  const answered = state.status === 'planned' ? state.request.copy : undefined;
  const answer = state.status === 'planned' ? state.plan.copy : undefined;
  useEffect(() => {
    if (answered && answer && !answered.rules) {
      setProposed({
        ground: groundOf(answered),
        rules: answer.rules.map(({ rule }) => rule),
      });
    }
  }, [answered, answer]);
  return { asked, state, planAgain };
}
