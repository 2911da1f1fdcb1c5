import { createHash } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import { GitError } from './gitError';

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag';

/** An object's content. Shared between readers: never written to. */
export interface GitObject {
  readonly type: ObjectType;
  readonly data: Buffer;
}

/** What stands before the compressed bytes of a pack entry. */
export type EntryHeader = {
  /** Bytes that the header itself takes. */
  length: number;
  /** Bytes that the content has once inflated. */
  size: number;
} & (
  | { type: ObjectType }
  | { type: 'offsetDelta'; distance: number }
  | { type: 'reference'; base: string }
);

/** No header is longer: 10 bytes of size and 20 of base id. */
export const MAX_HEADER = 32;

/** The largest single object that Slipway will hold in memory. */
export const MAX_OBJECT_SIZE = 512 * 1024 * 1024;

const TYPES: Record<number, ObjectType> = {
  1: 'commit',
  2: 'tree',
  3: 'blob',
  4: 'tag',
};

/** @see https://git-scm.com/docs/pack-format */
export function readEntryHeader(buffer: Buffer, start: number): EntryHeader {
  let at = start;
  let byte = byteAt(buffer, at++);
  const kind = (byte >> 4) & 7;
  let size = byte & 15;
  let factor = 16;
  while (byte & 0x80) {
    byte = byteAt(buffer, at++);
    size += (byte & 0x7f) * factor;
    factor *= 128;
  }
  if (size > MAX_OBJECT_SIZE) {
    throw new GitError('tooLarge', `an object has ${size} bytes`);
  }
  if (kind in TYPES) {
    return { type: TYPES[kind], size, length: at - start };
  }
  if (kind === 6) {
    byte = byteAt(buffer, at++);
    let distance = byte & 0x7f;
    while (byte & 0x80) {
      byte = byteAt(buffer, at++);
      distance = (distance + 1) * 128 + (byte & 0x7f);
    }
    return { type: 'offsetDelta', distance, size, length: at - start };
  }
  if (kind === 7 && at + 20 <= buffer.length) {
    const base = buffer.toString('hex', at, at + 20);
    return { type: 'reference', base, size, length: at + 20 - start };
  }
  throw new GitError('corrupt', `a pack entry has the unknown type ${kind}`);
}

/**
 * Inflates `size` bytes whose compressed form begins at `at`, and tells how
 * many compressed bytes that took (packs do not store it).
 */
export function inflateEntry(
  buffer: Buffer,
  at: number,
  size: number,
): { data: Buffer; consumed: number } {
  let result;
  try {
    result = inflateSync(buffer.subarray(at), {
      info: true,
      // One byte more than expected: the content comes out in one piece, and
      // content that is longer than announced is noticed, not swallowed.
      chunkSize: Math.max(64, size + 1),
      maxOutputLength: size + 1,
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
  } catch (error) {
    throw new GitError('corrupt', 'a pack entry cannot be inflated', error);
  }
  if (result.buffer.length !== size) {
    throw new GitError('corrupt', 'a pack entry has another size than it says');
  }
  return { data: result.buffer, consumed: result.engine.bytesWritten };
}

/** A pack entry that holds the whole object. */
export function encodeEntry(object: GitObject): Buffer {
  return Buffer.concat([encodeHeader(object), deflateSync(object.data)]);
}

/** What stands before the compressed content in a pack entry. */
export function encodeHeader(object: GitObject): Buffer {
  const kind = Object.entries(TYPES).find(([, type]) => type === object.type);
  const header: number[] = [];
  let size = object.data.length;
  let byte = (Number(kind?.[0]) << 4) | (size & 15);
  size = Math.floor(size / 16);
  while (size > 0) {
    header.push(byte | 0x80);
    byte = size & 0x7f;
    size = Math.floor(size / 128);
  }
  header.push(byte);
  return Buffer.from(header);
}

/** The most bytes that `size` bytes can take when compressed (zlib's bound). */
export function compressedBound(size: number): number {
  // Generous: some writers deflate in stored blocks of a few kilobytes.
  return size + Math.ceil(size / 256) + 1024;
}

/** The id that Git gives to this content. */
export function hashObject(type: ObjectType, data: Buffer): string {
  return createHash('sha1')
    .update(`${type} ${data.length}\0`, 'latin1')
    .update(data)
    .digest('hex');
}

function byteAt(buffer: Buffer, at: number): number {
  if (at >= buffer.length) {
    throw new GitError('corrupt', 'the pack ends inside an entry');
  }
  return buffer[at];
}
