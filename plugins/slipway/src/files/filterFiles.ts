import type { FileEntry } from '@slipway/backstage-plugin-slipway-common';

/** Finds files by words of their path, in any letter case, as the API does; quick enough for each keystroke. */
export function createFileFilter(
  items: readonly FileEntry[],
): (search: string) => readonly FileEntry[] {
  const paths = items.map(({ path }) => path.toLocaleLowerCase());
  return search => {
    const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    return words.length === 0
      ? items
      : items.filter((_, index) =>
          words.every(word => paths[index].includes(word)),
        );
  };
}
