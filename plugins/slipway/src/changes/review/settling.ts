import type {
  FileConflict,
  FileOperation,
} from '@slipway/backstage-plugin-slipway-common';

/** What settles a conflict: an operation in place of the one that conflicts, or none at all. */
export type Settlement =
  | { type: 'operation'; operation: FileOperation }
  | { type: 'drop'; path: string };

/** The operation that asks for `text`, upon what the other side left. */
export function settledWith(
  conflict: FileConflict,
  text: string,
  original?: FileOperation,
): Settlement {
  const { path, theirsBase } = conflict;
  return {
    type: 'operation',
    operation: {
      type: original?.type === 'rename' ? 'rename' : 'write',
      path,
      ...(original?.type === 'rename' && { from: original.from }),
      ...(original?.executable !== undefined && {
        executable: original.executable,
      }),
      text,
      ...(theirsBase && { base: theirsBase }),
    },
  };
}

/**
 * One's own edit, whatever the other side did.
 *
 * @returns undefined where one's own content is not at hand, such as the bytes that a rollback restores
 */
export function keepMine(
  conflict: FileConflict,
  original?: FileOperation,
): Settlement | undefined {
  const { path, theirsBase, mine } = conflict;
  if (!original) {
    return mine === undefined ? undefined : settledWith(conflict, mine);
  }
  const known =
    original.type !== 'write' ||
    original.text !== undefined ||
    original.base64 !== undefined;
  if (!known) {
    return mine === undefined ? undefined : settledWith(conflict, mine);
  }
  const { base: _before, ...rest } = original;
  return {
    type: 'operation',
    operation: { ...rest, path, ...(theirsBase && { base: theirsBase }) },
  };
}

/**
 * What the other side left. An edit is dropped for that; a rollback would still restore the file, so that it is told what stays.
 *
 * @returns undefined where that cannot be told, as for bytes in a rollback
 */
export function takeTheirs(
  conflict: FileConflict,
  kind: 'edit' | 'rollback',
): Settlement | undefined {
  const { path, theirs, theirsBase } = conflict;
  if (kind === 'edit') {
    return { type: 'drop', path };
  }
  if (theirsBase === undefined) {
    return { type: 'operation', operation: { type: 'delete', path } };
  }
  return theirs === undefined ? undefined : settledWith(conflict, theirs);
}
