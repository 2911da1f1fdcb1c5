import type {
  FileContent,
  FileOperation,
} from '@slipway/backstage-plugin-slipway-common';
import type { Draft, DraftMark, DraftOperation } from './types';

/** What is at a path of the branch, as far as a draft needs it. */
export type DraftBase = Pick<FileContent, 'path' | 'oid'> &
  Partial<Pick<FileContent, 'text' | 'commit'>>;

/** An operation as the API takes it. */
export function fileOperation(draft: DraftOperation): FileOperation {
  const { at, commit, ...operation } = draft;
  return operation;
}

export function draftMark({ type, base }: DraftOperation): DraftMark {
  switch (type) {
    case 'delete':
      return 'deleted';
    case 'rename':
      return 'renamed';
    default:
      return base === undefined ? 'created' : 'modified';
  }
}

/** The operation that a path of the draft's own tree comes from. */
export function operationAt(
  { operations }: Pick<Draft, 'operations'>,
  path: string,
): DraftOperation | undefined {
  return operations.find(operation => operation.path === path);
}

function now(): string {
  return new Date().toISOString();
}

/** What is kept of where an operation began. */
function origin(
  known: DraftOperation | undefined,
  base: DraftBase | undefined,
): Pick<DraftOperation, 'base' | 'commit'> {
  return known
    ? {
        ...(known.base && { base: known.base }),
        ...(known.commit && { commit: known.commit }),
      }
    : {
        ...(base && { base: base.oid }),
        ...(base?.commit && { commit: base.commit }),
      };
}

/**
 * Gives a file other content. Text that the branch holds already needs no operation.
 *
 * @param base - what the branch holds at the path, or at the path that it is renamed from
 */
export function writeFile(
  draft: Draft,
  path: string,
  content: { text: string } | { base64: string },
  base?: DraftBase,
): void {
  const known = operationAt(draft, path);
  const same = 'text' in content && content.text === base?.text;
  const kept = origin(known, base);
  if (known?.type === 'rename') {
    const { from } = known;
    const moved = same ? {} : content;
    draft.put({ type: 'rename', path, from, ...moved, ...kept, at: now() });
  } else if (same) {
    draft.remove(path);
  } else {
    draft.put({ type: 'write', path, ...content, ...kept, at: now() });
  }
}

/** Moves a file. What was created or moved in this draft just gets another place. */
export function renameFile(
  draft: Draft,
  path: string,
  to: string,
  base?: DraftBase,
): void {
  const known = operationAt(draft, path);
  const { text, base64 } = known ?? {};
  const content = {
    ...(text !== undefined && { text }),
    ...(base64 !== undefined && { base64 }),
  };
  const kept = origin(known, base);
  const from = known?.from ?? path;
  const changed = Object.keys(content).length > 0;
  if (kept.base === undefined || from === to) {
    const write: DraftOperation = {
      type: 'write',
      path: to,
      ...content,
      ...kept,
      at: now(),
    };
    draft.replace([path], changed ? [write] : []);
  } else {
    draft.replace(
      [path],
      [{ type: 'rename', path: to, from, ...content, ...kept, at: now() }],
    );
  }
}

/** Removes a file; one that only the draft has is gone at once. */
export function deleteFile(draft: Draft, path: string, base?: DraftBase): void {
  const known = operationAt(draft, path);
  const kept = origin(known, base);
  draft.replace(
    [path],
    kept.base === undefined
      ? []
      : [{ type: 'delete', path: known?.from ?? path, ...kept, at: now() }],
  );
}
