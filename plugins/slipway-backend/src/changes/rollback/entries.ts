import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import type { TreeEntry } from '../../git';

/** A symbolic link or a submodule, which changes never write. */
export function isLink(entry: TreeEntry | undefined): boolean {
  return entry?.mode === '120000' || entry?.mode === '160000';
}

export function isExecutable(entry: TreeEntry): boolean {
  return entry.mode === '100755';
}

export function isSame(
  one: TreeEntry | undefined,
  other: TreeEntry | undefined,
): boolean {
  return one?.oid === other?.oid && one?.mode === other?.mode;
}

/** Says that a link stands where the rollback would write, or would have to be brought back. */
export function linkFinding(path: string): Finding {
  return {
    severity: 'error',
    code: 'rollbackLink',
    params: { path },
    file: path,
  };
}
