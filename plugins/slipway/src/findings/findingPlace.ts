import type { Finding } from '@slipway/backstage-plugin-slipway-common';

/** Where it is, as editors and compilers write it: `file:line:column`. */
export function findingPlace(finding: Finding): string {
  return [finding.file, finding.line, finding.column]
    .filter(part => part !== undefined)
    .join(':');
}
