import type { CopiedFile } from '@slipway/backstage-plugin-slipway-common';

/** A file whose status is not what it was; undefined where the file is in one of the two plans only. */
export interface Move {
  path: string;
  before: CopiedFile['status'] | undefined;
  after: CopiedFile['status'] | undefined;
}

/** What another plan makes of other files, or otherwise of the same. */
export function movesBetween(
  before: readonly CopiedFile[],
  after: readonly CopiedFile[],
): Move[] {
  const known = new Map(before.map(({ path, status }) => [path, status]));
  const now = new Map(after.map(({ path, status }) => [path, status]));
  return [...new Set([...known.keys(), ...now.keys()])]
    .map(path => ({
      path,
      before: known.get(path),
      after: now.get(path),
    }))
    .filter(move => move.before !== move.after);
}
