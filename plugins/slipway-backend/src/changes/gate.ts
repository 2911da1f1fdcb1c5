import type { Gate, Reason } from '@slipway/backstage-plugin-slipway-common';
import type { PlannedChange } from './plan/types';

/** What the policy says of the person and the change. */
export interface GatePermissions {
  /** Environments on which the person may not read files or ask for changes, each with the permission that is missing. */
  denied: Array<{ permission: string; environment: string }>;
  /** Whether the person may change what belongs to the config repo rather than to an environment. */
  admin: boolean;
}

/**
 * Decides whether a planned change may go; pure. What is missing comes in the order in which it should be settled: the change
 * itself first, then the people.
 */
export function gate(
  plan: Pick<
    PlannedChange,
    'files' | 'findings' | 'conflicts' | 'edits' | 'places'
  >,
  permissions: GatePermissions,
): Gate {
  const missing = [
    ...missingInChange(plan),
    ...missingRights(plan, permissions),
  ];
  return { allowed: missing.length === 0, missing };
}

function* missingInChange(
  plan: Pick<PlannedChange, 'files' | 'findings' | 'conflicts' | 'edits'>,
): Iterable<Reason> {
  for (const { status, reason } of plan.files) {
    if (status === 'refused' && reason) yield reason;
  }
  const errors = plan.findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    yield { code: 'changeHasErrors', params: { count: String(errors.length) } };
  }
  const conflicts = plan.files.filter(({ status }) => status === 'conflict');
  if (conflicts.length > 0) {
    yield { code: 'conflict', params: { count: String(conflicts.length) } };
  }
  if (plan.files.every(({ status }) => status === 'unchanged')) {
    yield { code: 'changeEmpty', params: {} };
  }
}

function* missingRights(
  { places }: Pick<PlannedChange, 'places'>,
  { denied, admin }: GatePermissions,
): Iterable<Reason> {
  for (const { permission, environment } of denied) {
    yield { code: 'permissionMissing', params: { permission, environment } };
  }
  const ownerless = places.find(
    ({ place }) => place.type === 'metadata' || place.type === 'other',
  );
  if (ownerless && !admin) {
    yield { code: 'configRepoAdminMissing', params: { path: ownerless.path } };
  }
}
