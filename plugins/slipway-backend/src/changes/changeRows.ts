import type { ChangeAttemptsInner } from '@slipway/backstage-plugin-slipway-common';
import { fromJson } from '../database/json';
import type { ContentOperation } from './plan/types';
import type { StoredChange } from './types';

export interface ChangeRow {
  id: number;
  config_repo: string;
  kind: StoredChange['kind'];
  state: StoredChange['state'];
  since: string;
  reason: string | null;
  message: string;
  change_reason: string | null;
  author_name: string;
  author_email: string;
  author_ref: string;
  requested_at: string;
  base: string;
  digest: string;
  commit: string | null;
  undoes: number | null;
  granted: string | null;
  steps: string;
  sequence: number | string;
}

export interface AttemptRow {
  change_id: number;
  number: number;
  base: string;
  commit: string;
  at: string;
  result: ChangeAttemptsInner['result'];
  words: string | null;
}

export interface OperationRow {
  change_id: number;
  operation: string;
  content: Buffer | null;
}

export function rowToChange(
  row: ChangeRow,
  attempts: readonly AttemptRow[],
): StoredChange {
  return {
    id: row.id,
    configRepo: row.config_repo,
    kind: row.kind,
    state: row.state,
    since: row.since,
    reason: fromJson(row.reason),
    message: row.message,
    changeReason: row.change_reason ?? undefined,
    author: {
      name: row.author_name,
      email: row.author_email,
      entityRef: row.author_ref,
    },
    requestedAt: row.requested_at,
    base: row.base,
    digest: row.digest,
    commit: row.commit ?? undefined,
    undoes: row.undoes ?? undefined,
    granted: fromJson(row.granted),
    steps: JSON.parse(row.steps),
    attempts: attempts
      .filter(attempt => attempt.change_id === row.id)
      .map(({ number, base, commit, at, result, words }) => ({
        number,
        base,
        commit,
        at,
        result,
        words: words ?? undefined,
      })),
    sequence: Number(row.sequence),
  };
}

export function rowToOperation(row: OperationRow): ContentOperation {
  return {
    ...JSON.parse(row.operation),
    content: row.content === null ? undefined : Buffer.from(row.content),
  };
}
