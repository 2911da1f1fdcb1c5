import { GitError } from './gitError';

/** One entry of a Git tree. */
export interface TreeEntry {
  /** `40000` tree, `100644` file, `100755` executable, `120000` link, `160000` submodule. */
  readonly mode: string;
  /**
   * The name as text. Bytes that are not UTF-8 are written `\xNN` and
   * `invalidName` is set.
   */
  readonly name: string;
  readonly oid: string;
  /**
   * Set when the name is not UTF-8, or is one that no honest tree holds (empty,
   * `.`, `..`, `.git`, or with a slash in it): no layout may claim it.
   */
  readonly invalidName?: true;
}

// One string for each mode, so that a million entries share five.
const MODES = new Map(
  ['40000', '100644', '100755', '120000', '160000'].map(mode => [mode, mode]),
);

const SLASH = Buffer.from('/');

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Parses the content of a tree object; entries stay in Git's order.
 *
 * @see https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
export function parseTree(content: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  let at = 0;
  while (at < content.length) {
    const space = content.indexOf(0x20, at);
    const zero = space < 0 ? -1 : content.indexOf(0, space + 1);
    if (zero < 0 || zero + 21 > content.length) {
      throw new GitError('corrupt', 'a tree object ends inside an entry');
    }
    const rawMode = content.toString('latin1', at, space);
    const mode = MODES.get(rawMode) ?? normalMode(rawMode);
    const oid = content.toString('hex', zero + 1, zero + 21);
    entries.push(makeEntry(mode, content, space + 1, zero, oid));
    at = zero + 21;
  }
  return entries;
}

/** The bytes of an entry's name, as they stood in the tree. */
export function nameBytes(entry: TreeEntry): Buffer {
  if (!entry.invalidName || !entry.name.includes('\\x')) {
    return Buffer.from(entry.name);
  }
  const parts = entry.name.split(/\\x([0-9a-f]{2})/);
  return Buffer.concat(
    parts.map((part, i) => Buffer.from(part, i % 2 === 0 ? 'utf8' : 'hex')),
  );
}

/** The content of a tree object; the entries must be in Git's order. */
export function encodeTree(entries: readonly TreeEntry[]): Buffer {
  const parts: Buffer[] = [];
  for (const entry of entries) {
    parts.push(
      Buffer.from(`${entry.mode} `, 'latin1'),
      nameBytes(entry),
      Buffer.from(`00${entry.oid}`, 'hex'),
    );
  }
  return Buffer.concat(parts);
}

/** Puts entries into Git's order: by bytes, directories as if a slash ended their name. */
export function sortEntries(entries: Iterable<TreeEntry>): TreeEntry[] {
  return [...entries]
    .map(entry => ({
      entry,
      key: isTree(entry)
        ? Buffer.concat([nameBytes(entry), SLASH])
        : nameBytes(entry),
    }))
    .sort((a, b) => a.key.compare(b.key))
    .map(({ entry }) => entry);
}

/** True when the entry is a directory. */
export function isTree(entry: TreeEntry): boolean {
  return entry.mode === '40000';
}

function normalMode(raw: string): string {
  // Old tools wrote leading zeros and group-writable files.
  const mode = raw.replace(/^0+/, '').replace(/^1006.4$/, '100644');
  if (!/^[0-7]{5,6}$/.test(mode)) {
    throw new GitError('corrupt', 'a tree entry has no mode');
  }
  return mode;
}

function makeEntry(
  mode: string,
  content: Buffer,
  start: number,
  end: number,
  oid: string,
): TreeEntry {
  let ascii = true;
  for (let i = start; i < end; i++) {
    if (content[i] > 0x7f) {
      ascii = false;
      break;
    }
  }
  const decoded = ascii
    ? content.toString('latin1', start, end)
    : decodeUtf8(content.subarray(start, end));
  if (decoded === undefined) {
    const name = escapeBytes(content.subarray(start, end));
    return { mode, name, oid, invalidName: true };
  }
  if (decoded.includes('/')) {
    const name = escapeBytes(content.subarray(start, end));
    return { mode, name, oid, invalidName: true };
  }
  return isUnsafe(decoded)
    ? { mode, name: decoded, oid, invalidName: true }
    : { mode, name: decoded, oid };
}

function isUnsafe(name: string): boolean {
  return (
    name === '' ||
    (name.startsWith('.') &&
      (name === '.' || name === '..' || name.toLowerCase() === '.git'))
  );
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Keeps what is readable, byte by byte, so that no two names fall together. */
function escapeBytes(bytes: Buffer): string {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    const good =
      length > 0 ? decodeUtf8(bytes.subarray(at, at + length)) : undefined;
    if (good !== undefined && good !== '\\' && good !== '/') {
      text += good;
      at += length;
    } else {
      text += `\\x${bytes[at].toString(16).padStart(2, '0')}`;
      at += 1;
    }
  }
  return text;
}

function sequenceLength(bytes: Buffer, at: number): number {
  const first = bytes[at];
  let length = 1;
  if (first >= 0xf0) {
    length = 4;
  } else if (first >= 0xe0) {
    length = 3;
  } else if (first >= 0xc0) {
    length = 2;
  }
  return at + length <= bytes.length ? length : 0;
}
