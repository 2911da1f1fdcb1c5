import type { ValuePlace } from './types';

/** Fields that hold labels, or choose by them; `pairs` is Kustomize's. */
const LABELS = new Set([
  'labels',
  'matchLabels',
  'commonLabels',
  'selector',
  'pairs',
]);

/** Whether a value is that of a label. */
export function isLabel({ parent }: ValuePlace): boolean {
  return LABELS.has(parent);
}
