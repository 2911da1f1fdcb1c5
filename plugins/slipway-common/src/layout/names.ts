/**
 * Why a text cannot name an environment, a module or a config repo.
 *
 * @public
 */
export type NameProblem =
  | 'empty'
  | 'tooLong'
  | 'leadingDot'
  | 'leadingDash'
  | 'edgeSpace'
  | 'separator'
  | 'unprintable'
  | 'notNormalized'
  | 'reserved';

/** Longest name, in code points. */
const MAX_NAME_LENGTH = 100;

/**
 * Control, format (zero-width and bidirectional marks, which HFS+ ignores when it looks for `.git`), lone surrogates, line
 * separators, and the replacement character that decoding leaves where a name was not UTF-8.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFD]/u;

/** `.git`, also as Windows shortens it: Git refuses to write these, see `core.protectNTFS`. */
const RESERVED = /^(\.git|git~\d+)$/i;

/** Most names there are; that they are fine is told at once. */
const PLAIN = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/;

/**
 * The one rule for names: whatever a layout reads from a path, and whatever `.slipway/` declares, has passed it. Any
 * language may be used; a name is always exactly one path segment and never an option to a command.
 *
 * @returns what is wrong, `undefined` when the name can be used
 * @public
 */
export function nameProblem(name: string): NameProblem | undefined {
  if (PLAIN.test(name)) return undefined;
  if (name === '') return 'empty';
  // Code points are never more than code units, so the short way decides nearly always.
  if (name.length > MAX_NAME_LENGTH && [...name].length > MAX_NAME_LENGTH) {
    return 'tooLong';
  }
  if (name.startsWith('.')) return 'leadingDot';
  if (name.startsWith('-')) return 'leadingDash';
  if (name.includes('/') || name.includes('\\')) return 'separator';
  if (UNPRINTABLE.test(name)) return 'unprintable';
  if (name.trim() !== name) return 'edgeSpace';
  if (name.normalize('NFC') !== name) return 'notNormalized';
  if (RESERVED.test(name)) return 'reserved';
  return undefined;
}

/**
 * What is wrong with literal text of a template, which may hold what a name may not begin with.
 *
 * @internal
 */
export function literalProblem(text: string): NameProblem | undefined {
  if (text.includes('\\')) return 'separator';
  return UNPRINTABLE.test(text) ? 'unprintable' : undefined;
}

/**
 * Cuts a repository path into its segments. Every path that comes in from outside goes through here first.
 *
 * @param path - from the root of the repository, no slash at either end
 * @returns `undefined` when it is no such path, climbs (`..`), or touches Git's own folder
 * @public
 */
export function splitPath(path: string): string[] | undefined {
  const segments = path.split('/');
  for (const segment of segments) {
    if (segment === '' || segment === '.' || segment === '..') return undefined;
    if (segment.includes('\0') || RESERVED.test(segment)) return undefined;
  }
  return segments;
}
