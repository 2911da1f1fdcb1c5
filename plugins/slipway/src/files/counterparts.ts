import type { FileEntry } from '@slipway/backstage-plugin-slipway-common';

/** How many names two paths have in common, from the end. */
function commonEnd(a: string, b: string): number {
  const left = a.split('/').reverse();
  const right = b.split('/').reverse();
  const end = left.findIndex((name, index) => name !== right[index]);
  return end < 0 ? left.length : end;
}

/**
 * The file of each other environment that is what `path` is here: the same name, and as much of the way to it as there is.
 * By environment.
 */
export function counterparts(
  items: readonly FileEntry[],
  path: string,
  environment: string | undefined,
): FileEntry[] {
  const best = new Map<string, FileEntry>();
  for (const item of items) {
    const common = commonEnd(item.path, path);
    const known = best.get(item.environment);
    if (
      item.environment !== environment &&
      item.path !== path &&
      common > (known ? commonEnd(known.path, path) : 0)
    ) {
      best.set(item.environment, item);
    }
  }
  return [...best.values()].sort((a, b) =>
    a.environment < b.environment ? -1 : 1,
  );
}
