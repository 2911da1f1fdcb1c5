import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import type { Snapshot, TreeEdit } from '../../git';

/**
 * Why nothing can be written at a path beside the other edits: a file is where a directory would be (`pathClash`) or the other way
 * round, or a link or submodule is on the way (`pathThroughLink`), which nothing is ever written through.
 */
export function findClash(
  snapshot: Snapshot,
  path: string,
  edits: ReadonlyMap<string, TreeEdit>,
): Reason | undefined {
  for (
    let slash = path.indexOf('/');
    slash >= 0;
    slash = path.indexOf('/', slash + 1)
  ) {
    const above = path.slice(0, slash);
    const edit = edits.get(above);
    const entry = snapshot.entry(above);
    if (edit?.to) return { code: 'pathClash', params: { path } };
    if (!edit && entry && entry.mode !== '40000') {
      const code = /^100/.test(entry.mode) ? 'pathClash' : 'pathThroughLink';
      return { code, params: { path } };
    }
  }
  if (snapshot.entry(path)?.mode === '40000') {
    for (const file of snapshot.files(path)) {
      const edit = edits.get(file.path);
      if (!edit || edit.to) return { code: 'pathClash', params: { path } };
    }
  }
  return undefined;
}
