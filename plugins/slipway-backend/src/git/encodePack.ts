import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { NewObject } from './newObject';
import { encodeEntry } from './packEntry';
import type { PackRecord } from './packScanner';

/** A pack in memory with what its index needs. */
export interface EncodedPack {
  bytes: Buffer;
  records: PackRecord[];
  checksum: Buffer;
}

/** A pack of the given objects, each of them whole and once. */
export function encodePack(objects: readonly NewObject[]): EncodedPack {
  const unique = new Map(objects.map(object => [object.oid, object]));
  const header = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1');
  header.writeUInt32BE(unique.size, 8);
  const parts: Buffer[] = [header];
  const records: PackRecord[] = [];
  let offset = header.length;
  for (const [oid, object] of unique) {
    const entry = encodeEntry(object);
    records.push({ oid, offset, crc: crc32(entry) });
    parts.push(entry);
    offset += entry.length;
  }
  const hash = createHash('sha1');
  parts.forEach(part => hash.update(part));
  const checksum = hash.digest();
  return { bytes: Buffer.concat([...parts, checksum]), records, checksum };
}
