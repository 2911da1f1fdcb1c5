/** Why a file may not be at a path. The backend judges again, by every spelling that a file system might take. */
export type PathProblem =
  | 'empty'
  | 'escapes'
  | 'protected'
  | 'notPortable'
  | 'tooLong'
  | 'taken';

const MAX_PATH_CHARACTERS = 1_000;
const MAX_NAME_BYTES = 255;
const NOT_PORTABLE = /[\p{Cc}\\:*?"<>|]/u;
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const PROTECTED = /^\.git(?:modules)?$/i;

/**
 * Judges the path of a new file as it is typed.
 *
 * @param paths - files that the branch or the draft has already
 */
export function checkNewPath(
  path: string,
  paths: ReadonlySet<string>,
): PathProblem | undefined {
  const names = path.split('/');
  if (path === '' || path.endsWith('/')) {
    return 'empty';
  }
  if (names.some(name => /^\.{0,2}\s*$/.test(name))) {
    return 'escapes';
  }
  if (names.some(name => PROTECTED.test(name.replace(/[. ]+$/, '')))) {
    return 'protected';
  }
  if (
    path.length > MAX_PATH_CHARACTERS ||
    names.some(name => new TextEncoder().encode(name).length > MAX_NAME_BYTES)
  ) {
    return 'tooLong';
  }
  if (
    names.some(
      name =>
        NOT_PORTABLE.test(name) || /^\s|[.\s]$/.test(name) || DEVICE.test(name),
    )
  ) {
    return 'notPortable';
  }
  const isFile = names.some((_, index) =>
    paths.has(names.slice(0, index + 1).join('/')),
  );
  const isDirectory = [...paths].some(other => other.startsWith(`${path}/`));
  return isFile || isDirectory ? 'taken' : undefined;
}
