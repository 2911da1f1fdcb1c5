import { readSync } from 'node:fs';
import { ByteLru } from './byteLru';
import { applyDelta } from './delta';
import { GitError } from './gitError';
import {
  compressedBound,
  EntryHeader,
  GitObject,
  inflateEntry,
  MAX_HEADER,
  readEntryHeader,
} from './packEntry';

const FIRST_READ = 4096;
const CACHE_BYTES = 24 * 1024 * 1024;
// Git itself writes chains of 50, 250 at the most that people configure.
const MAX_CHAIN = 10_000;

/**
 * Objects of one pack by their offset, with positioned reads: the pack stays
 * on disk. Bases of deltas are kept for a while, as neighbours share them.
 */
export class PackData {
  readonly #file: number;
  #end: number;
  readonly #offsetOf: (oid: string) => number | undefined;
  readonly #cache = new ByteLru<number, GitObject>(
    CACHE_BYTES,
    object => object.data.length + 200,
  );

  /**
   * @param file - descriptor of the open pack; stays the caller's
   * @param size - bytes of the pack, its checksum included
   * @param offsetOf - where in this pack an object is
   */
  constructor(
    file: number,
    size: number,
    offsetOf: (oid: string) => number | undefined,
  ) {
    this.#file = file;
    this.#end = size - 20;
    this.#offsetOf = offsetOf;
  }

  /** Reads the object at `offset`, or undefined while a base is not known. */
  read(offset: number): GitObject | undefined {
    const deltas: { at: number; delta: Buffer }[] = [];
    let at = offset;
    let object = this.#cache.get(at);
    while (object === undefined) {
      const { header, data } = this.#entry(at);
      if (header.type === 'offsetDelta' || header.type === 'reference') {
        deltas.push({ at, delta: data });
        const base = this.baseOffset(at, header);
        if (base === undefined) {
          return undefined;
        }
        if (deltas.length > MAX_CHAIN) {
          throw new GitError('corrupt', 'the deltas of a pack form a circle');
        }
        at = base;
        object = this.#cache.get(at);
      } else {
        object = { type: header.type, data };
        this.remember(at, object);
      }
    }
    for (let i = deltas.length - 1; i >= 0; i--) {
      object = {
        type: object.type,
        data: applyDelta(object.data, deltas[i].delta),
      };
      this.remember(deltas[i].at, object);
    }
    return object;
  }

  /** Bytes of the stored form: the object's own size unless it is a delta. */
  storedSize(offset: number): number {
    const head = this.#bytes(offset, MAX_HEADER);
    return readEntryHeader(head, 0).size;
  }

  /** Where the base of a delta is; undefined when it is not (yet) in here. */
  baseOffset(
    at: number,
    header: Extract<EntryHeader, { type: 'offsetDelta' | 'reference' }>,
  ): number | undefined {
    if (header.type === 'reference') {
      return this.#offsetOf(header.base);
    }
    const base = at - header.distance;
    if (header.distance <= 0 || base < 12) {
      throw new GitError('corrupt', 'a delta names a base outside its pack');
    }
    return base;
  }

  /** Keeps an object that the caller has read anyway, for the deltas on it. */
  remember(at: number, object: GitObject): void {
    this.#cache.set(at, object);
  }

  /** Tells that entries were added: they end at `end`. */
  growTo(end: number): void {
    this.#end = end;
  }

  #entry(at: number): { header: EntryHeader; data: Buffer } {
    let bytes = this.#bytes(at, FIRST_READ);
    const header = readEntryHeader(bytes, 0);
    const most = header.length + compressedBound(header.size);
    if (most > bytes.length && bytes.length === FIRST_READ) {
      bytes = this.#bytes(at, most);
    }
    const { data } = inflateEntry(bytes, header.length, header.size);
    return { header, data };
  }

  #bytes(at: number, length: number): Buffer {
    const wanted = Math.min(length, this.#end - at);
    if (wanted <= 0) {
      throw new GitError('corrupt', 'an offset lies outside its pack');
    }
    const buffer = Buffer.allocUnsafe(wanted);
    const got = readSync(this.#file, buffer, 0, wanted, at);
    if (got !== wanted) {
      throw new GitError('corrupt', 'the pack on disk is shorter than it was');
    }
    return buffer;
  }
}
