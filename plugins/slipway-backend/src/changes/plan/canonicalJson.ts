/** JSON with sorted keys and no white space: equal values are equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, one) =>
    one && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(
          Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : one,
  );
}
