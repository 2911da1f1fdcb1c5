import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import { allObjects, objectKey, type ManifestFile } from './objectsOf';

/**
 * Objects that are described more than once: `duplicateObject` (`kind`, `name`, `namespace`, `firstFile`, `firstLine`) at each place
 * but the first. Which one counts then depends on the engine, or nothing can be rendered.
 *
 * @param files - those of one module that are applied; see `appliedFiles`
 * @param before - the same as they were: what was there twice already is a warning
 * @public
 */
export function duplicateObjects(
  files: readonly ManifestFile[],
  before: readonly ManifestFile[] = [],
): Finding[] {
  const counted = new Map<string, number>();
  for (const object of allObjects(before)) {
    const key = objectKey(object);
    counted.set(key, (counted.get(key) ?? 0) + 1);
  }
  const first = new Map<
    string,
    { file: string; line: number; times: number }
  >();
  const findings: Finding[] = [];
  for (const object of allObjects(files)) {
    const { kind, name, namespace = '', file, line } = object;
    const key = objectKey(object);
    const known = first.get(key);
    if (!known) {
      first.set(key, { file, line, times: 1 });
      continue;
    }
    known.times += 1;
    findings.push({
      severity: known.times > (counted.get(key) ?? 1) ? 'error' : 'warning',
      code: 'duplicateObject',
      params: {
        kind,
        name,
        namespace,
        firstFile: known.file,
        firstLine: String(known.line),
      },
      file,
      line,
      column: 1,
    });
  }
  return findings;
}
