import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { applyDelta } from './delta';
import { GitError } from './gitError';
import { PackData } from './packData';
import {
  compressedBound,
  encodeEntry,
  GitObject,
  hashObject,
  inflateEntry,
  MAX_HEADER,
  readEntryHeader,
} from './packEntry';
import { PackWindow } from './packWindow';

/** Where one object is in its pack, as an index stores it. */
export interface PackRecord {
  oid: string;
  offset: number;
  crc: number;
}

export interface ScanPackOptions {
  /** Descriptor of the open pack. */
  file: number;
  /** Bytes of the pack, its checksum included. */
  size: number;
  signal?: AbortSignal;
  /** Called once for each object, so that nothing is inflated twice. */
  onObject?(oid: string, object: GitObject): void;
  /**
   * Finds bases that a thin pack leaves out because the receiver has them.
   * They are added to the file, which then must be open for writing.
   */
  findBase?(oid: string): GitObject | undefined;
}

export interface ScannedPack {
  records: PackRecord[];
  /** Where the last entry ends; what follows is the checksum. */
  end: number;
  /** How many bases were added: header and checksum are then out of date. */
  added: number;
}

/** Longest time in ms that the scan keeps the event loop to itself. */
const SLICE = 15;

/**
 * Reads a pack from front to back and names every object in it.
 *
 * Throws {@link GitError} `corrupt` for anything that is not a complete,
 * self-contained pack of version 2.
 */
export async function scanPack(options: ScanPackOptions): Promise<ScannedPack> {
  const { file, size, signal, onObject, findBase } = options;
  const window = new PackWindow(file, size - 20);
  const head = window.at(0, 12);
  if (
    head.length < 12 ||
    head.toString('latin1', 0, 4) !== 'PACK' ||
    head.readUInt32BE(4) !== 2
  ) {
    throw new GitError('corrupt', 'what came is not a pack of version 2');
  }
  const count = head.readUInt32BE(8);
  const records: PackRecord[] = [];
  const offsets = new Map<string, number>();
  const pack = new PackData(file, size, oid => offsets.get(oid));
  let waiting: { offset: number; crc: number; base?: string }[] = [];

  const add = (offset: number, crc: number, object: GitObject) => {
    const oid = hashObject(object.type, object.data);
    records.push({ oid, offset, crc });
    offsets.set(oid, offset);
    pack.remember(offset, object);
    onObject?.(oid, object);
  };

  let offset = 12;
  let pause = performance.now() + SLICE;
  for (let i = 0; i < count; i++) {
    if (i % 32 === 0 && performance.now() > pause) {
      await setImmediate();
      signal?.throwIfAborted();
      pause = performance.now() + SLICE;
    }
    const header = readEntryHeader(window.at(offset, MAX_HEADER), 0);
    const bytes = window.at(
      offset,
      header.length + compressedBound(header.size),
    );
    const entry = inflateEntry(bytes, header.length, header.size);
    const length = header.length + entry.consumed;
    const crc = crc32(bytes.subarray(0, length));
    if (header.type === 'offsetDelta' || header.type === 'reference') {
      const at = pack.baseOffset(offset, header);
      const base = at === undefined ? undefined : pack.read(at);
      if (base) {
        const data = applyDelta(base.data, entry.data);
        add(offset, crc, { type: base.type, data });
      } else {
        const missing = header.type === 'reference' ? header.base : undefined;
        waiting.push({ offset, crc, base: missing });
      }
    } else {
      add(offset, crc, { type: header.type, data: entry.data });
    }
    offset += length;
  }
  if (offset !== size - 20) {
    throw new GitError('corrupt', 'the pack holds more than it says');
  }

  let added = 0;
  for (const { base } of waiting) {
    const object =
      base !== undefined && !offsets.has(base) ? findBase?.(base) : undefined;
    if (object) {
      const bytes = encodeEntry(object);
      writeSync(file, bytes, 0, bytes.length, offset);
      pack.growTo(offset + bytes.length);
      add(offset, crc32(bytes), object);
      offset += bytes.length;
      added += 1;
    }
  }
  // Deltas by id may come before their base; each round settles one level.
  while (waiting.length > 0) {
    const before = waiting.length;
    waiting = waiting.filter(entry => {
      const object = pack.read(entry.offset);
      if (object) {
        add(entry.offset, entry.crc, object);
      }
      return !object;
    });
    if (waiting.length === before) {
      throw new GitError('corrupt', 'the pack lacks the base of a delta');
    }
  }
  return { records, end: offset, added };
}
