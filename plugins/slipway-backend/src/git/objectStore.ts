import { closeSync, openSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash, randomUUID } from 'node:crypto';
import { GitError } from './gitError';
import { PackData } from './packData';
import { GitObject, hashObject } from './packEntry';
import { encodePackIndex, PackIndex } from './packIndex';
import { PackRecord, scanPack } from './packScanner';

export interface AddPackOptions {
  /** The pack's bytes as they arrive. */
  chunks: AsyncIterable<Uint8Array>;
  /** Refuses larger packs with {@link GitError} `tooLarge`. */
  maxBytes: number;
  /** True when objects that this pack names were left out on purpose. */
  partial: boolean;
  signal?: AbortSignal;
  onObject?(oid: string, object: GitObject): void;
}

interface StoredPack {
  name: string;
  file: number;
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

  get packCount(): number {
    return this.#packs.length;
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
      const arrived = await download(temporary, options);
      const { records, checksum } = await this.#scan(
        temporary,
        arrived,
        options,
      );
      const name = `pack-${checksum.toString('hex')}`;
      if (records.length > 0 && !this.#packs.some(pack => pack.name === name)) {
        const index = encodePackIndex(records, checksum);
        await this.#publish(temporary, name, index, options.partial);
      }
      return records.length;
    } finally {
      await rm(temporary, { force: true });
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
    partial: boolean,
  ): Promise<void> {
    const path = join(this.#directory, name);
    if (partial) {
      await writeDurably(`${path}.promisor`, Buffer.alloc(0));
    }
    await rename(temporary, `${path}.pack`);
    // The index makes the pack visible, so it comes last and in one step.
    const indexFile = join(this.#directory, `tmp_idx_${randomUUID()}`);
    await writeDurably(indexFile, index);
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
  return { name, file, index, data };
}

/** Writes the pack to disk while its checksum is computed along. */
async function download(
  path: string,
  options: AddPackOptions,
): Promise<{ size: number; checksum: Buffer }> {
  const hash = createHash('sha1');
  const handle = await open(path, 'wx');
  let size = 0;
  let tail: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of options.chunks) {
      size += chunk.length;
      if (size > options.maxBytes) {
        throw new GitError(
          'tooLarge',
          `the pack is larger than ${options.maxBytes} bytes`,
        );
      }
      await handle.writeFile(chunk);
      // The last 20 bytes are the checksum itself; hold them back.
      const seen = Buffer.concat([tail, chunk]);
      const cut = Math.max(0, seen.length - 20);
      hash.update(seen.subarray(0, cut));
      tail = seen.subarray(cut);
    }
    options.signal?.throwIfAborted();
    await handle.datasync();
  } finally {
    await handle.close();
  }
  if (size < 32 || !hash.digest().equals(tail)) {
    throw new GitError('corrupt', 'the pack arrived damaged');
  }
  return { size, checksum: Buffer.from(tail) };
}

async function hashFile(handle: FileHandle, end: number): Promise<Buffer> {
  const hash = createHash('sha1');
  const buffer = Buffer.alloc(1024 * 1024);
  for (let at = 0; at < end; ) {
    const length = Math.min(buffer.length, end - at);
    const { bytesRead } = await handle.read(buffer, 0, length, at);
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  return hash.digest();
}

async function writeDurably(path: string, data: Buffer): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(data);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

function asCorrupt(error: unknown): unknown {
  return error instanceof GitError
    ? error
    : new GitError('corrupt', 'the cache on disk cannot be read', error);
}
