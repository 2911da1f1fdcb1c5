import type { Reason } from '@slipway/backstage-plugin-slipway-common';

const MAX_PATH_CHARACTERS = 1000;
const MAX_NAME_BYTES = 255;

// What HFS+ leaves out when it compares names.
const IGNORABLE =
  /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/g;
// The short names that NTFS gives to .git and .gitmodules.
const NTFS_SHORT = /^(?:git~\d+|gitmod~\d+|gi[0-9a-f]{4}~\d+)$/;
const WINDOWS_DEVICE =
  /^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:\.|$)/;

/** A path is judged several times on its way to the branch, and a copy has thousands. */
const fine = new Set<string>();
const MAX_KEPT = 10_000;

/**
 * Why a change may not write at a path: `pathEscapes`, `pathProtected`, `pathTooLong` or `pathNotPortable`. It is judged in every
 * spelling that some file system or decoder would take for it.
 *
 * @param options - `present`: something is at this path already, so what is not portable has been there before
 */
export function checkPath(
  path: string,
  options: { present?: boolean } = {},
): Reason | undefined {
  if (fine.has(path)) return undefined;
  const reason = judge(path, options);
  if (!reason && !options.present) {
    if (fine.size >= MAX_KEPT) fine.clear();
    fine.add(path);
  }
  return reason;
}

function judge(
  path: string,
  options: { present?: boolean },
): Reason | undefined {
  const because = (code: string): Reason => ({
    code,
    params: { path: path.slice(0, 200) },
  });
  if (path.length > MAX_PATH_CHARACTERS) return because('pathTooLong');
  for (const spelling of spellings(path)) {
    const names = spelling.split(/[/\\]/);
    if (names.some(isNoName)) return because('pathEscapes');
    if (names.some(isProtected)) return because('pathProtected');
  }
  if (/[\0\p{Cs}]/u.test(path)) return because('pathNotPortable');
  if (options.present) return undefined;
  const names = path.split('/');
  if (names.some(name => Buffer.byteLength(name) > MAX_NAME_BYTES)) {
    return because('pathTooLong');
  }
  return names.every(isPortable) ? undefined : because('pathNotPortable');
}

/** The path as it is, percent-decoded up to three times, and each with compatible characters unified. */
function spellings(path: string): Set<string> {
  const found = new Set([path]);
  let text = path;
  for (let round = 0; round < 3; round += 1) {
    text = text.replace(/(?:%[0-9a-f]{2})+/gi, percentDecoded);
    found.add(text);
  }
  for (const spelling of [...found]) found.add(spelling.normalize('NFKC'));
  return found;
}

function percentDecoded(text: string): string {
  // `%c0%ae` is an overlong full stop, `%c0%af` and `%c1%9c` are slashes.
  const shortest = text
    .replace(/%c0%ae/gi, '.')
    .replace(/%c0%af/gi, '/')
    .replace(/%c1%9c/gi, '\\');
  try {
    return decodeURIComponent(shortest);
  } catch {
    return shortest.replace(/%([0-7][0-9a-f])/gi, (_, hex) =>
      String.fromCharCode(parseInt(hex, 16)),
    );
  }
}

function isNoName(name: string): boolean {
  const seen = seenAs(name);
  return seen === '' || name === '.' || name === '..';
}

function isProtected(name: string): boolean {
  const seen = seenAs(name);
  return seen === '.git' || seen === '.gitmodules' || NTFS_SHORT.test(seen);
}

/** A name as the most careless file system sees it. */
function seenAs(name: string): string {
  return (
    name
      .replace(IGNORABLE, '')
      .normalize('NFKC')
      .toLowerCase()
      // NTFS: streams after a colon, dots and spaces at the end.
      .replace(/:.*$/s, '')
      .replace(/[. ]+$/, '')
  );
}

function isPortable(name: string): boolean {
  return !(
    /[\p{Cc}\\:*?"<>|]/u.test(name) ||
    /[. ]$/.test(name) ||
    name.replace(IGNORABLE, '') !== name ||
    WINDOWS_DEVICE.test(seenAs(name))
  );
}
