import type { PlannedFile } from '@slipway/backstage-plugin-slipway-common';
import type { Snapshot } from '../../../git';

/** What differs between two trees, by path; a file that is elsewhere with the same content was renamed. */
export function changedFiles(before: Snapshot, after: Snapshot): PlannedFile[] {
  const files: PlannedFile[] = [];
  const deleted = new Map<string, string[]>();
  const created: Array<{ path: string; oid: string }> = [];
  for (const path of after.changedPaths(before)) {
    const was = before.entry(path);
    const is = after.entry(path);
    if (was && is) files.push({ path, status: 'modified' });
    else if (is) created.push({ path, oid: is.oid });
    else if (was) {
      deleted.set(was.oid, [...(deleted.get(was.oid) ?? []), path]);
    }
  }
  for (const { path, oid } of created) {
    const oldPath = deleted.get(oid)?.shift();
    files.push(
      oldPath === undefined
        ? { path, status: 'created' }
        : { path, oldPath, status: 'renamed' },
    );
  }
  for (const path of [...deleted.values()].flat()) {
    files.push({ path, status: 'deleted' });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
