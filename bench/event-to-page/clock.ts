/** Milliseconds since 1970 with fractions: the same clock in Node and in the browser. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
