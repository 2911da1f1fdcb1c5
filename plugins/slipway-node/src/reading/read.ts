/**
 * An object that others wrote, such as what a cluster holds; nothing is sure of its fields.
 *
 * @public
 */
export type Fields = Record<string, unknown>;

const NOTHING: Fields = Object.freeze({});

/**
 * The value where it is an object, else one without fields.
 *
 * @public
 */
export function fields(value: unknown): Fields {
  return isFields(value) ? value : NOTHING;
}

/**
 * Whether a value is an object, and no list.
 *
 * @public
 */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A text; absent when empty, as Go writes empty strings for what is not set.
 *
 * @public
 */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * The texts of a list, without what is none.
 *
 * @public
 */
export function texts(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter(item => text(item) !== undefined)
    : [];
}

/**
 * The objects of a list, without what is none.
 *
 * @public
 */
export function rows(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** Enough to read; a rendering error may quote whole manifests, ten thousand times over. */
const LONGEST_MESSAGE = 4_000;

/**
 * A text for people, cut after 4,000 characters.
 *
 * @public
 */
export function message(value: unknown): string | undefined {
  const found = text(value);
  return found && found.length > LONGEST_MESSAGE
    ? `${found.slice(0, LONGEST_MESSAGE)}…`
    : found;
}

/**
 * One of the words of an API enumeration.
 *
 * @public
 */
export function oneOf<T extends string>(
  words: readonly T[],
  value: unknown,
): T | undefined {
  return words.find(word => word === value);
}
