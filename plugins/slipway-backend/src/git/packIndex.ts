import { createHash } from 'node:crypto';
import { GitError } from './gitError';
import type { PackRecord } from './packScanner';

const MAGIC = 0xff744f63;
const HEADER = 8;
const FANOUT = 256 * 4;

/**
 * Writes a pack index of version 2.
 *
 * @see https://git-scm.com/docs/pack-format#_version_2_pack_idx_files_support_packs_larger_than_4_gib_and
 */
export function encodePackIndex(
  records: readonly PackRecord[],
  packChecksum: Buffer,
): Buffer {
  const sorted = [...records].sort((a, b) => {
    if (a.oid === b.oid) {
      return a.offset - b.offset;
    }
    return a.oid < b.oid ? -1 : 1;
  });
  const count = sorted.length;
  const large = sorted.filter(record => record.offset >= 2 ** 31);
  const buffer = Buffer.alloc(
    HEADER + FANOUT + count * 28 + large.length * 8 + 40,
  );
  buffer.writeUInt32BE(MAGIC, 0);
  buffer.writeUInt32BE(2, 4);
  const names = HEADER + FANOUT;
  const crcs = names + count * 20;
  const offsets = crcs + count * 4;
  const largeOffsets = offsets + count * 4;
  const counts = new Uint32Array(256);
  let largeCount = 0;
  for (const [i, { oid, crc, offset }] of sorted.entries()) {
    buffer.write(oid, names + i * 20, 'hex');
    counts[buffer[names + i * 20]] += 1;
    buffer.writeUInt32BE(crc, crcs + i * 4);
    if (offset < 2 ** 31) {
      buffer.writeUInt32BE(offset, offsets + i * 4);
    } else {
      buffer.writeUInt32BE((2 ** 31 + largeCount) >>> 0, offsets + i * 4);
      buffer.writeBigUInt64BE(BigInt(offset), largeOffsets + largeCount * 8);
      largeCount += 1;
    }
  }
  let total = 0;
  for (let byte = 0; byte < 256; byte++) {
    total += counts[byte];
    buffer.writeUInt32BE(total, HEADER + byte * 4);
  }
  packChecksum.copy(buffer, buffer.length - 40);
  sha1(buffer.subarray(0, buffer.length - 20)).copy(buffer, buffer.length - 20);
  return buffer;
}

/** Finds objects in one pack. */
export class PackIndex {
  readonly count: number;
  readonly packChecksum: Buffer;
  readonly #buffer: Buffer;

  /** Throws {@link GitError} `corrupt` unless the index is whole. */
  constructor(buffer: Buffer) {
    const smallest = HEADER + FANOUT + 40;
    const whole =
      buffer.length >= smallest &&
      buffer.readUInt32BE(0) === MAGIC &&
      buffer.readUInt32BE(4) === 2 &&
      sha1(buffer.subarray(0, -20)).equals(buffer.subarray(-20));
    this.count = whole ? buffer.readUInt32BE(HEADER + 255 * 4) : 0;
    if (!whole || buffer.length < smallest + this.count * 28) {
      throw new GitError('corrupt', 'a pack index on disk is damaged');
    }
    this.packChecksum = buffer.subarray(-40, -20);
    this.#buffer = buffer;
  }

  /** The object's offset in the pack. */
  find(oid: string): number | undefined {
    const wanted = Buffer.from(oid, 'hex');
    if (wanted.length !== 20) {
      return undefined;
    }
    const buffer = this.#buffer;
    const names = HEADER + FANOUT;
    const first = wanted[0];
    let low = first === 0 ? 0 : buffer.readUInt32BE(HEADER + (first - 1) * 4);
    let high = buffer.readUInt32BE(HEADER + first * 4);
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = names + middle * 20;
      const order = wanted.compare(buffer, at, at + 20);
      if (order === 0) {
        return this.#offset(middle);
      }
      if (order < 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return undefined;
  }

  /** Every object in the pack, in the order of their ids. */
  *oids(): Iterable<string> {
    const names = HEADER + FANOUT;
    for (let i = 0; i < this.count; i++) {
      const at = names + i * 20;
      yield this.#buffer.toString('hex', at, at + 20);
    }
  }

  #offset(position: number): number {
    const offsets = HEADER + FANOUT + this.count * 24;
    const offset = this.#buffer.readUInt32BE(offsets + position * 4);
    if (offset < 2 ** 31) {
      return offset;
    }
    const at = offsets + this.count * 4 + (offset - 2 ** 31) * 8;
    return Number(this.#buffer.readBigUInt64BE(at));
  }
}

function sha1(data: Buffer): Buffer {
  return createHash('sha1').update(data).digest();
}
