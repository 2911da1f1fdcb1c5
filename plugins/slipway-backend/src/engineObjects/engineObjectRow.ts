import type { EngineObject } from '@slipway/backstage-plugin-slipway-node';
import { engineObjectId } from './engineObjectId';
import { repoKey } from './repoKey';
import type { StoredEngineObject } from './types';

export interface EngineObjectRow {
  id: string;
  engine: string;
  cluster: string;
  namespace: string;
  name: string;
  uid: string;
  resource_version: string;
  /** The object without what has a column of its own. */
  data: string;
  resources: string;
  removed: boolean | number;
  seen_at: string;
  sequence: number | string;
}

export const SUMMARY_COLUMNS = [
  'id',
  'uid',
  'resource_version',
  'data',
  'removed',
  'seen_at',
  'sequence',
] as const;

export type EngineObjectSummaryRow = Pick<
  EngineObjectRow,
  (typeof SUMMARY_COLUMNS)[number]
>;

export function engineObjectToRow(
  object: EngineObject,
  seenAt: string,
): EngineObjectRow {
  const { resources, uid, resourceVersion, ...data } = object;
  return {
    id: engineObjectId(object.key),
    engine: object.key.engine,
    cluster: object.key.cluster,
    namespace: object.key.namespace,
    name: object.key.name,
    uid,
    resource_version: resourceVersion,
    data: JSON.stringify(data),
    resources: JSON.stringify(resources),
    removed: false,
    seen_at: seenAt,
    sequence: 0,
  };
}

export function rowToEngineObject(
  row: EngineObjectSummaryRow,
): StoredEngineObject {
  return {
    id: row.id,
    object: {
      ...JSON.parse(row.data),
      uid: row.uid,
      resourceVersion: row.resource_version,
    },
    removed: Boolean(row.removed),
    seenAt: row.seen_at,
    sequence: Number(row.sequence),
  };
}

/** Keys of the repositories that a row's object reads, each once. */
export function repoKeysOfRow(row: Pick<EngineObjectRow, 'data'>): string[] {
  const { sources } = JSON.parse(row.data) as Pick<EngineObject, 'sources'>;
  const keys = sources.map(({ repoUrl }) => repoKey(repoUrl));
  return [...new Set(keys)].filter(isStorable).sort();
}

/** What an engine names is foreign: PostgreSQL takes no NUL, and an index no more than some 2,700 bytes. */
function isStorable(key: string): boolean {
  return Buffer.byteLength(key) <= 1000 && !key.includes('\0');
}
