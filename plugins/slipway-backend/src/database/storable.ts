/**
 * A text of others as a column takes it: PostgreSQL takes no NUL in text, and none that is longer than the column.
 *
 * @param longest - in UTF-16 code units, of which there are never less than characters
 */
export function storable(text: string, longest?: number): string {
  const clean = text.replaceAll('\0', '');
  return longest === undefined || clean.length <= longest
    ? clean
    : // Not through the middle of a character
      clean.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
}
