import type { Condition } from './types';

/** Whether an object says that it is so: `Ready`, `Established` … */
export function hasCondition(
  object: { status?: { conditions?: Condition[] } } | undefined,
  type: string,
): boolean {
  return (object?.status?.conditions ?? []).some(
    condition => condition.type === type && condition.status === 'True',
  );
}
