/**
 * Orders times of ISO 8601, whatever their precision or zone; what is no time comes last.
 *
 * @internal
 */
export function compareTimes(
  a: string | undefined,
  b: string | undefined,
): number {
  const left = a === undefined ? NaN : Date.parse(a);
  const right = b === undefined ? NaN : Date.parse(b);
  if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : 1;
  return Number.isNaN(right) ? -1 : left - right;
}

/**
 * @internal
 */
export function earliest(
  times: Iterable<string | undefined>,
): string | undefined {
  return [...times].sort(compareTimes)[0];
}

/**
 * @internal
 */
export function latest(
  times: Iterable<string | undefined>,
): string | undefined {
  const known = [...times].filter(
    time => !Number.isNaN(Date.parse(time ?? '')),
  );
  return known.sort(compareTimes)[known.length - 1];
}
