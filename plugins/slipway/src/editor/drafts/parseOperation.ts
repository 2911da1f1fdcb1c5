import type { DraftOperation } from './types';

const OID = /^[0-9a-f]{40}$/;
const types: readonly string[] = ['write', 'delete', 'rename'];

function isPath(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 1_000;
}

function isText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

function isOid(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === 'string' && OID.test(value));
}

/** An operation as it was kept, or undefined for what no version of ours wrote: storage is the browser's, and anybody's. */
export function parseOperation(
  kept: string | null,
): DraftOperation | undefined {
  let value: { [key in keyof DraftOperation]?: unknown };
  try {
    value = JSON.parse(kept ?? '') ?? {};
  } catch {
    return undefined;
  }
  const { type, path, from, text, base64, base, commit, executable, at } =
    value;
  const contents = [text, base64].filter(one => one !== undefined).length;
  const sound =
    typeof type === 'string' &&
    types.includes(type) &&
    isPath(path) &&
    (type === 'rename' ? isPath(from) : from === undefined) &&
    isText(text) &&
    isText(base64) &&
    contents <= (type === 'delete' ? 0 : 1) &&
    (type !== 'write' || contents === 1) &&
    isOid(base) &&
    isOid(commit) &&
    (executable === undefined || typeof executable === 'boolean') &&
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at));
  return sound
    ? ({
        type,
        path,
        ...(from !== undefined && { from }),
        ...(text !== undefined && { text }),
        ...(base64 !== undefined && { base64 }),
        ...(base !== undefined && { base }),
        ...(commit !== undefined && { commit }),
        ...(executable !== undefined && { executable }),
        at,
      } as DraftOperation)
    : undefined;
}
