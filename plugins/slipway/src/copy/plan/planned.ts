import type {
  ChangePlan,
  CopyPlan,
  EnvironmentCopy,
} from '@slipway/backstage-plugin-slipway-common';
import type { PlanState } from '../../changes/review';

/** A copy that was planned. */
export interface Planned {
  plan: ChangePlan;
  copy: CopyPlan;
  /** What was planned, with every rule, so that it can be asked for again and mean the same. */
  request: EnvironmentCopy;
  /** Something was changed since, and the plan of that is on its way. */
  outdated: boolean;
}

/** What is known of a copy, or undefined as long as nothing is. */
export function plannedOf(state: PlanState): Planned | undefined {
  if (state.status !== 'planned') {
    return undefined;
  }
  const { outdated, plan, request } = state;
  return plan.copy && request.copy
    ? {
        plan,
        copy: plan.copy,
        request: {
          ...request.copy,
          rules: plan.copy.rules.map(({ rule }) => rule),
        },
        outdated,
      }
    : undefined;
}
