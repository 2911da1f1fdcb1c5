/**
 * Takes over the objects of the list before that say the same, so that a refetch renders only the rows that changed.
 */
export function keepIdentity<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
): T[] {
  const known = new Map(before.map(item => [keyOf(item), item]));
  return after.map(item => {
    const old = known.get(keyOf(item));
    return old !== undefined && JSON.stringify(old) === JSON.stringify(item)
      ? old
      : item;
  });
}
