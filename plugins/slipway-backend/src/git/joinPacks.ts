import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { encodeEntry, GitObject } from './packEntry';
import type { PackRecord } from './packScanner';

/**
 * Writes a pack of the given objects, each of them whole: git takes no pack
 * that holds an object twice, so packs cannot just be put end to end.
 */
export async function joinPacks(
  path: string,
  oids: ReadonlySet<string>,
  read: (oid: string) => GitObject,
): Promise<{ records: PackRecord[]; checksum: Buffer }> {
  const records: PackRecord[] = [];
  const handle = await open(path, 'wx');
  try {
    const header = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1');
    header.writeUInt32BE(oids.size, 8);
    const hash = createHash('sha1').update(header);
    await handle.writeFile(header);
    let offset = header.length;
    for (const oid of oids) {
      const entry = encodeEntry(read(oid));
      hash.update(entry);
      await handle.writeFile(entry);
      records.push({ oid, offset, crc: crc32(entry) });
      offset += entry.length;
    }
    const checksum = hash.digest();
    await handle.writeFile(checksum);
    await handle.datasync();
    return { records, checksum };
  } finally {
    await handle.close();
  }
}
