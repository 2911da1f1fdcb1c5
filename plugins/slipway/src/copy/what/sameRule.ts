import type { CopyRule } from '@slipway/backstage-plugin-slipway-common';

const fields = ['type', 'from', 'to', 'tag', 'path', 'kind', 'name'] as const;

/** Whether two rules do the same; what is left out is as good as empty. */
export function sameRule(a: CopyRule, b: CopyRule): boolean {
  return fields.every(field => (a[field] ?? '') === (b[field] ?? ''));
}

/** The same of lists, in the order in which they are tried. */
export function sameRules(
  a: readonly CopyRule[],
  b: readonly CopyRule[],
): boolean {
  return (
    a.length === b.length && a.every((rule, index) => sameRule(rule, b[index]))
  );
}
