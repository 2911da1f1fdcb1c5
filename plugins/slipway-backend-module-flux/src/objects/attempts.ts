import {
  type Fields,
  fields,
  rows,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import type { LastEnd } from './verdict';

/** An entry of a Kustomization's `status.history`: one content and how its reconciliations ended (`meta.Snapshot`). */
export interface Attempt extends LastEnd {
  succeeded: boolean;
  digest?: string;
  /** Revision that had the content last, as Flux writes it. */
  revision?: string;
  /** First and last time that it ended like that, UTC. */
  first: string;
  last: string;
}

const SUCCEEDED = 'ReconciliationSucceeded';

/** Newest first. Flux keeps five; older releases keep none. */
export function readAttempts(object: Fields): Attempt[] {
  const attempts = rows(fields(object.status).history).flatMap(
    (row): Attempt[] => {
      const first = text(row.firstReconciled);
      const status = text(row.lastReconciledStatus);
      if (!first || !status) return [];
      return [
        {
          succeeded: status === SUCCEEDED,
          digest: text(row.digest),
          revision: text(fields(row.metadata).revision),
          first,
          last: text(row.lastReconciled) ?? first,
        },
      ];
    },
  );
  attempts.sort((a, b) => compare(b.last, a.last));
  return attempts.map((attempt, index) => {
    const before = lastOf(attempts.slice(index + 1));
    const isBack = before !== undefined && compare(before, attempt.first) > 0;
    return { ...attempt, since: isBack ? undefined : attempt.first };
  });
}

/**
 * When the newest content was delivered. Flux has one entry for each content: when an older one came back, all that is sure is
 * that it was after the other was seen last. Never another time for the same delivery, nor the same for two, as it is known by this.
 */
export function deliveredAt([newest, ...others]: Attempt[]):
  | string
  | undefined {
  if (!newest) return undefined;
  const before = lastOf(
    others.filter(({ digest }) => digest !== newest.digest),
  );
  return before !== undefined && compare(before, newest.first) > 0
    ? justAfter(before)
    : newest.first;
}

function lastOf(attempts: Attempt[]): string | undefined {
  return attempts
    .map(({ last }) => last)
    .reduce<string | undefined>(
      (latest, last) =>
        latest === undefined || compare(last, latest) > 0 ? last : latest,
      undefined,
    );
}

function justAfter(time: string): string {
  return new Date(Date.parse(time) + 1).toISOString();
}

function compare(a: string, b: string): number {
  return (Date.parse(a) || 0) - (Date.parse(b) || 0);
}
