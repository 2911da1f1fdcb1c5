import { type AuditedRequest, requestCosts, SLIPWAY_USER } from '../kubernetes';

/** What Slipway asked of an API server since it first did, in words. */
export function describeRequests(
  cluster: string,
  requests: AuditedRequest[],
  now: Date = new Date(),
): string {
  const first = requests.find(({ user }) => user === SLIPWAY_USER);
  if (!first) {
    return `Slipway has asked nothing of ${cluster}.`;
  }
  const minutes = (now.getTime() - first.at.getTime()) / 60_000;
  const costs = requestCosts(requests, {
    user: SLIPWAY_USER,
    from: first.at,
    to: now,
  });
  return [
    `What Slipway asked of ${cluster} in ${minutes.toFixed(1)} minutes:`,
    ...costs.map(
      ({ count, path, perHour, verb }) =>
        `${String(count).padStart(6)} × ${verb} ${path}, ${perHour.toFixed(
          1,
        )} an hour`,
    ),
  ].join('\n');
}
