import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';
import type { NewObject } from './newObject';
import { encodeEntry, encodeHeader } from './packEntry';
import type { PackRecord } from './packScanner';
import { Pause } from './pause';

/** A pack in memory with what its index needs. */
export interface EncodedPack {
  bytes: Buffer;
  records: PackRecord[];
  checksum: Buffer;
}

/** Content from this size on is compressed beside the event loop. */
const LARGE = 64 * 1024;

const deflateBeside = promisify(deflate);

/** A pack of the given objects, each of them whole and once. */
export async function encodePack(
  objects: readonly NewObject[],
  signal: AbortSignal,
): Promise<EncodedPack> {
  const unique = new Map(objects.map(object => [object.oid, object]));
  const header = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1');
  header.writeUInt32BE(unique.size, 8);
  const pause = new Pause(signal);
  const parts: Buffer[] = [header];
  const records: PackRecord[] = [];
  let offset = header.length;
  for (const [oid, object] of unique) {
    if (pause.isDue()) {
      await pause.take();
    }
    const entry =
      object.data.length < LARGE
        ? encodeEntry(object)
        : Buffer.concat([
            encodeHeader(object),
            await deflateBeside(object.data),
          ]);
    records.push({ oid, offset, crc: crc32(entry) });
    parts.push(entry);
    offset += entry.length;
  }
  const hash = createHash('sha1');
  parts.forEach(part => hash.update(part));
  const checksum = hash.digest();
  return { bytes: Buffer.concat([...parts, checksum]), records, checksum };
}
