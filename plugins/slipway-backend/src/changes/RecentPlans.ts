import { createHash } from 'node:crypto';
import type { ChangePlan } from '@slipway/backstage-plugin-slipway-common';
import { canonicalJson } from './plan/canonicalJson';
import type { ChangeQuestion } from './ChangeService';

const MAX_PLANS = 4;
const MAX_AGE_MILLISECONDS = 5 * 60_000;

/** Plans that people looked at a moment ago: what they then ask for as they saw it need not be worked out again. */
export class RecentPlans<T extends { plan: ChangePlan }> {
  readonly #plans = new Map<string, { judged: T; at: number }>();

  keep(question: ChangeQuestion, judged: T): void {
    const key = keyOf(question);
    this.#plans.delete(key);
    this.#plans.set(key, { judged, at: Date.now() });
    for (const oldest of this.#plans.keys()) {
      if (this.#plans.size <= MAX_PLANS) break;
      this.#plans.delete(oldest);
    }
  }

  /**
   * @param head - the commit that it would be planned on now
   * @returns nothing unless the same person asks for the same by the digest of what was planned on this commit
   */
  find(question: ChangeQuestion, head: string): T | undefined {
    const { digest } = question.request;
    const known = this.#plans.get(keyOf(question));
    const plan = known?.judged.plan;
    return plan &&
      plan.base === head &&
      plan.digest === digest &&
      Date.now() - known.at < MAX_AGE_MILLISECONDS
      ? known.judged
      : undefined;
  }
}

/** By what makes a plan, and whoever may see it. */
function keyOf({ configRepo, request, caller }: ChangeQuestion): string {
  const { kind, operations, rollback, copy } = request;
  const asked = { kind, operations, rollback, copy: { ...copy, preview: [] } };
  return createHash('sha256')
    .update(canonicalJson([configRepo, caller.author.entityRef, asked]))
    .digest('base64');
}
