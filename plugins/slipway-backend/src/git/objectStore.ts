import { closeSync, existsSync, openSync } from 'node:fs';
import {
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { EncodedPack } from './encodePack';
import { GitError } from './gitError';
import { PackData } from './packData';
import { GitObject, hashObject } from './packEntry';
import { joinPacks } from './joinPacks';
import {
  DownloadOptions,
  downloadPack,
  hashFile,
  writeDurably,
} from './packDownload';
import { encodePackIndex, PackIndex } from './packIndex';
import { PackRecord, scanPack } from './packScanner';

export interface AddPackOptions extends DownloadOptions {
  /** True when objects that this pack names were left out on purpose. */
  partial: boolean;
  onObject?(oid: string, object: GitObject): void;
}

// Like git's own gc.autoPackLimit.
const MANY_PACKS = 50;
/** Objects up to which a pack counts as what a single refresh brought. */
const SMALL_PACK = 1000;

interface StoredPack {
  name: string;
  file: number;
  partial: boolean;
  index: PackIndex;
  data: PackData;
}

/**
 * The objects of a bare repository: its `objects/pack` folder, which git and
 * isomorphic-git read too. Loose objects are neither written nor read.
 */
export class ObjectStore {
  readonly #directory: string;
  readonly #packs: StoredPack[];

  private constructor(directory: string, packs: StoredPack[]) {
    this.#directory = directory;
    this.#packs = packs;
  }

  /** Throws {@link GitError} `corrupt` when a pack is incomplete. */
  static async open(directory: string): Promise<ObjectStore> {
    const packs: StoredPack[] = [];
    try {
      for (const file of await readdir(directory)) {
        if (file.startsWith('tmp_')) {
          await rm(join(directory, file), { force: true });
        } else if (file.endsWith('.idx')) {
          packs.push(await openPack(directory, file.slice(0, -4)));
        }
      }
    } catch (error) {
      packs.forEach(pack => closeSync(pack.file));
      throw asCorrupt(error);
    }
    return new ObjectStore(directory, packs);
  }

  has(oid: string): boolean {
    return this.#packs.some(pack => pack.index.find(oid) !== undefined);
  }

  /**
   * Reads an object, or undefined when it is not here.
   *
   * Throws {@link GitError} `corrupt` when what is on disk is not that object,
   * `tooLarge` above `maxBytes`.
   */
  read(oid: string, maxBytes?: number): GitObject | undefined {
    for (const pack of this.#packs) {
      const offset = pack.index.find(oid);
      if (offset !== undefined) {
        return readVerified(pack.data, offset, oid, maxBytes);
      }
    }
    return undefined;
  }

  /** Stores a pack with its index, in that order; answers its object count. */
  async addPack(options: AddPackOptions): Promise<number> {
    const temporary = join(this.#directory, `tmp_pack_${randomUUID()}`);
    try {
      const arrived = await downloadPack(temporary, options);
      const { records, checksum } = await this.#scan(
        temporary,
        arrived,
        options,
      );
      const name = `pack-${checksum.toString('hex')}`;
      if (records.length > 0 && !this.#packs.some(pack => pack.name === name)) {
        const index = encodePackIndex(records, checksum);
        await this.#publish(temporary, name, index, options);
      }
      return records.length;
    } finally {
      await rm(temporary, { force: true });
    }
  }

  /**
   * Stores a pack that was made here; what it names may be elsewhere. Does not wait for the disk: after a power cut the cache may be
   * damaged, and mends itself.
   */
  async addEncoded(pack: EncodedPack): Promise<void> {
    const name = `pack-${pack.checksum.toString('hex')}`;
    if (this.#packs.some(known => known.name === name)) {
      return;
    }
    const temporary = join(this.#directory, `tmp_pack_${randomUUID()}`);
    try {
      await writeFile(temporary, pack.bytes);
      const index = encodePackIndex(pack.records, pack.checksum);
      await this.#publish(temporary, name, index, {
        partial: true,
        write: writeFile,
      });
    } finally {
      await rm(temporary, { force: true });
    }
  }

  /**
   * Joins the small packs that single fetches left behind once they are many,
   * as each costs an open file and a look for every object. Large ones keep
   * their deltas and stay as they are.
   */
  async compact(): Promise<void> {
    const small = this.#packs.filter(pack => pack.index.count <= SMALL_PACK);
    if (small.length <= MANY_PACKS) {
      return;
    }
    const oids = new Set(small.flatMap(pack => [...pack.index.oids()]));
    const temporary = join(this.#directory, `tmp_pack_${randomUUID()}`);
    try {
      const { records, checksum } = await joinPacks(
        temporary,
        oids,
        // All of them are in these packs, so none can be missing.
        oid => this.read(oid)!,
      );
      const index = encodePackIndex(records, checksum);
      const name = `pack-${checksum.toString('hex')}`;
      const partial = small.some(pack => pack.partial);
      await this.#publish(temporary, name, index, { partial });
    } finally {
      await rm(temporary, { force: true });
    }
    for (const pack of small) {
      this.#packs.splice(this.#packs.indexOf(pack), 1);
      closeSync(pack.file);
      // Without its index a pack is invisible, so that goes first.
      for (const extension of ['idx', 'pack', 'promisor']) {
        const path = join(this.#directory, `${pack.name}.${extension}`);
        await rm(path, { force: true });
      }
    }
  }

  close(): void {
    for (const pack of this.#packs.splice(0)) {
      closeSync(pack.file);
    }
  }

  async #scan(
    path: string,
    arrived: { size: number; checksum: Buffer },
    options: AddPackOptions,
  ): Promise<{ records: PackRecord[]; checksum: Buffer }> {
    const handle = await open(path, 'r+');
    try {
      const { records, end, added } = await scanPack({
        file: handle.fd,
        size: arrived.size,
        signal: options.signal,
        onObject: options.onObject,
        findBase: oid => this.read(oid),
      });
      if (added === 0) {
        return { records, checksum: arrived.checksum };
      }
      const count = Buffer.alloc(4);
      count.writeUInt32BE(records.length);
      await handle.write(count, 0, 4, 8);
      const checksum = await hashFile(handle, end);
      await handle.write(checksum, 0, 20, end);
      await handle.datasync();
      return { records, checksum };
    } finally {
      await handle.close();
    }
  }

  async #publish(
    temporary: string,
    name: string,
    index: Buffer,
    {
      partial,
      write = writeDurably,
    }: { partial: boolean; write?: typeof writeDurably },
  ): Promise<void> {
    const path = join(this.#directory, name);
    if (partial) {
      await write(`${path}.promisor`, Buffer.alloc(0));
    }
    await rename(temporary, `${path}.pack`);
    // The index makes the pack visible, so it comes last and in one step.
    const indexFile = join(this.#directory, `tmp_idx_${randomUUID()}`);
    await write(indexFile, index);
    await rename(indexFile, `${path}.idx`);
    this.#packs.unshift(await openPack(this.#directory, name));
  }
}

function readVerified(
  data: PackData,
  offset: number,
  oid: string,
  maxBytes: number | undefined,
): GitObject {
  let object: GitObject | undefined;
  try {
    const stored = maxBytes === undefined ? 0 : data.storedSize(offset);
    if (maxBytes !== undefined && stored > maxBytes) {
      throw new GitError('tooLarge', `object ${oid} has ${stored} bytes`);
    }
    object = data.read(offset);
  } catch (error) {
    throw asCorrupt(error);
  }
  if (!object || hashObject(object.type, object.data) !== oid) {
    throw new GitError('corrupt', `object ${oid} on disk is damaged`);
  }
  if (maxBytes !== undefined && object.data.length > maxBytes) {
    const size = object.data.length;
    throw new GitError('tooLarge', `object ${oid} has ${size} bytes`);
  }
  return object;
}

async function openPack(directory: string, name: string): Promise<StoredPack> {
  const path = join(directory, name);
  const index = new PackIndex(await readFile(`${path}.idx`));
  const { size } = await stat(`${path}.pack`);
  const handle = await open(`${path}.pack`, 'r');
  try {
    const trailer = Buffer.alloc(20);
    await handle.read(trailer, 0, 20, Math.max(0, size - 20));
    if (!trailer.equals(index.packChecksum)) {
      throw new GitError('corrupt', 'a pack and its index do not belong');
    }
  } finally {
    await handle.close();
  }
  const file = openSync(`${path}.pack`, 'r');
  const data = new PackData(file, size, oid => index.find(oid));
  const partial = existsSync(`${path}.promisor`);
  return { name, file, partial, index, data };
}

function asCorrupt(error: unknown): unknown {
  return error instanceof GitError
    ? error
    : new GitError('corrupt', 'the cache on disk cannot be read', error);
}
