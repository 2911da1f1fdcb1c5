import type { PolicyDecision } from '@backstage/plugin-permission-common';
import type {
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';

/**
 * What some people may do. `decide` answers a query that the grant covers; to
 * restrict it to some resources, answer with a conditional decision there.
 */
export type Grant = {
  /** Groups and users, as full entity references, or everyone who signed in. */
  to: 'everyone' | string[];
  /** Permission names; `*` is every permission, `slipway.*` all that begin so. */
  permissions: string[];
  /** Allows, where it is absent. */
  decide?: (query: PolicyQuery, user: PolicyQueryUser) => PolicyDecision;
};
