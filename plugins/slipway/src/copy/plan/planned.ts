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
  /** What was planned, letter by letter: the backend remembers its plan by that. */
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
    ? { plan, copy: plan.copy, request: request.copy, outdated }
    : undefined;
}
