/** The modules that are taken once one is chosen or no longer, undefined for all. */
export function withModule(
  all: readonly string[],
  chosen: readonly string[] | undefined,
  name: string,
  taken: boolean,
): string[] | undefined {
  const before = new Set(chosen ?? all);
  if (taken) {
    before.add(name);
  } else {
    before.delete(name);
  }
  const next = all.filter(module => before.has(module));
  return next.length === all.length ? undefined : next;
}
