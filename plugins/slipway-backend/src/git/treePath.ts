import { InputError } from '@backstage/errors';

// What macOS leaves out when it compares names.
const IGNORABLE = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * Throws InputError unless Git takes the path: names between single slashes,
 * none of them `.`, `..` or what some file system takes for `.git`.
 *
 * @see https://git-scm.com/docs/git-config (core.protectHFS, core.protectNTFS)
 */
export function checkTreePath(path: string): void {
  for (const name of path.split('/')) {
    if (
      name === '' ||
      name === '.' ||
      name === '..' ||
      name.includes('\0') ||
      /\p{Cs}/u.test(name) ||
      isDotGit(name)
    ) {
      throw new InputError(
        `${JSON.stringify(path)} is not a path that Git can hold`,
      );
    }
  }
}

function isDotGit(name: string): boolean {
  const seen = name
    .replace(IGNORABLE, '')
    .toLowerCase()
    // NTFS: streams after a colon, dots and spaces at the end.
    .replace(/[:\\].*$/s, '')
    .replace(/[. ]+$/, '');
  return seen === '.git' || seen === 'git~1';
}
