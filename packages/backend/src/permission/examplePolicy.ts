import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import type { Grant } from './types';

/**
 * A policy that reads as a table: the first grant that covers the person and
 * the permission decides, and whatever no grant covers is denied. Copy it as a
 * start for the policy of a real portal.
 */
export class ExamplePolicy implements PermissionPolicy {
  readonly #grants: Grant[];

  private constructor(grants: Grant[]) {
    this.#grants = grants;
  }

  static create(grants: Grant[]): ExamplePolicy {
    return new ExamplePolicy(grants);
  }

  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return { result: AuthorizeResult.DENY };
    }
    const grant = this.#grants.find(
      candidate =>
        coversPerson(candidate, user) &&
        candidate.permissions.some(pattern =>
          coversPermission(pattern, request.permission.name),
        ),
    );
    if (!grant) {
      return { result: AuthorizeResult.DENY };
    }
    return grant.decide?.(request, user) ?? { result: AuthorizeResult.ALLOW };
  }
}

function coversPerson(grant: Grant, user: PolicyQueryUser): boolean {
  const { to } = grant;
  return (
    to === 'everyone' ||
    user.info.ownershipEntityRefs.some(ref => to.includes(ref))
  );
}

function coversPermission(pattern: string, name: string): boolean {
  return pattern.endsWith('*')
    ? name.startsWith(pattern.slice(0, -1))
    : name === pattern;
}
