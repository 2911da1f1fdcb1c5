/** Milliseconds that the work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function check(condition: unknown): asserts condition {
  if (!condition) {
    throw new Error('The benchmark did not index what it should');
  }
}
