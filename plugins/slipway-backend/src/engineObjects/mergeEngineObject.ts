import type { EngineObjectRow } from './engineObjectRow';

export type EngineObjectMerge =
  | { outcome: 'keep' }
  /** Only the version, or when the engine looked, differs: remembered, but nothing to show. */
  | { outcome: 'touch'; row: EngineObjectRow }
  | { outcome: 'change'; row: EngineObjectRow };

/**
 * Decides what an object that an engine reports does to the row that is there.
 *
 * A change older than the row is dropped. A full list is the truth whatever its versions: an API server restored from
 * a backup counts from an earlier one.
 */
export function mergeEngineObject(
  present: EngineObjectRow | undefined,
  reported: EngineObjectRow,
  word: 'list' | 'change',
): EngineObjectMerge {
  if (!present) return { outcome: 'change', row: reported };
  const sameObject = present.uid === reported.uid;
  const order = sameObject
    ? compareVersions(reported.resource_version, present.resource_version)
    : undefined;
  if (word === 'change' && order === -1) return { outcome: 'keep' };
  if (present.removed) return { outcome: 'change', row: reported };
  // A list is compared in full: a newer release of the engine may read more from the same version
  if (word === 'change' && order === 0) return { outcome: 'keep' };

  const sameContent =
    sameObject &&
    sameData(present.data, reported.data) &&
    present.resources === reported.resources;
  if (!sameContent) return { outcome: 'change', row: reported };
  if (order === 0) return { outcome: 'keep' };
  return { outcome: 'touch', row: { ...reported, sequence: present.sequence } };
}

/** Engines look at each object every few minutes; that they looked again changes no page. */
function sameData(present: string, reported: string): boolean {
  return (
    present === reported ||
    withoutReportedAt(present) === withoutReportedAt(reported)
  );
}

function withoutReportedAt(data: string): string {
  const { reportedAt, ...rest } = JSON.parse(data);
  return JSON.stringify(rest);
}

/** Kubernetes says that versions of one resource may be compared as numbers; others say nothing about their order. */
function compareVersions(a: string, b: string): -1 | 0 | 1 | undefined {
  if (a === b) return 0;
  if (!/^\d+$/.test(a) || !/^\d+$/.test(b)) return undefined;
  const [left, right] = [BigInt(a), BigInt(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
