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
   * The same question of the same person, apart from what of it is to be shown.
   *
   * @param head - the commit that it would be planned on now
   */
  find(question: ChangeQuestion, head: string): T | undefined {
    const known = this.#plans.get(keyOf(question));
    return known?.judged.plan.base === head &&
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
