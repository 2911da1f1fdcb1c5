import { AuditedRequest } from './auditLog';

/** The account that the lab makes for the portal. */
export const SLIPWAY_USER = 'system:serviceaccount:slipway:slipway';

/** What one kind of request costs an API server. */
export interface RequestCost {
  verb: string;
  /** Path without query. */
  path: string;
  count: number;
  perHour: number;
}

/** Options of {@link requestCosts}. */
export interface RequestCostOptions {
  /** Whose requests, e.g. {@link SLIPWAY_USER}. */
  user: string;
  from: Date;
  to: Date;
}

/** What somebody asked of an API server in a span of time, the most frequent first. */
export function requestCosts(
  requests: AuditedRequest[],
  { user, from, to }: RequestCostOptions,
): RequestCost[] {
  const hours = (to.getTime() - from.getTime()) / 3_600_000;
  const costs = new Map<string, RequestCost>();
  for (const request of requests) {
    if (request.user !== user || request.at < from || request.at > to) continue;
    const path = request.uri.split('?')[0];
    const key = `${request.verb} ${path}`;
    const count = (costs.get(key)?.count ?? 0) + 1;
    const perHour = count / hours;
    costs.set(key, { verb: request.verb, path, count, perHour });
  }
  return [...costs.values()].sort((one, other) => other.count - one.count);
}
