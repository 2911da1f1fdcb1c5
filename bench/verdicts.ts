import type { BenchResult } from './types';

/** The value that this share of all values does not exceed. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** A figure that is good when it is low. */
export function atMost(
  name: string,
  value: number,
  target: number,
  unit: string,
): BenchResult {
  return {
    name,
    value: Number(value.toFixed(2)),
    unit,
    target: `<=${target}${unit}`,
    verdict: value <= target ? 'met' : 'short',
  };
}
