/**
 * Narrow reading of objects that others write: what is not as Argo CD's API describes it reads as absent.
 */

export type Fields = Record<string, unknown>;

const NOTHING: Fields = Object.freeze({});

export function fields(value: unknown): Fields {
  return isFields(value) ? value : NOTHING;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Absent when empty, as Go writes empty strings for what is not set. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function texts(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter(item => text(item) !== undefined)
    : [];
}

export function rows(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** Enough to read; a rendering error may quote whole manifests, ten thousand times over. */
const LONGEST_MESSAGE = 4_000;

export function message(value: unknown): string | undefined {
  const found = text(value);
  return found && found.length > LONGEST_MESSAGE
    ? `${found.slice(0, LONGEST_MESSAGE)}…`
    : found;
}

/** One of the words of an API enumeration. */
export function oneOf<T extends string>(
  words: readonly T[],
  value: unknown,
): T | undefined {
  return words.find(word => word === value);
}
