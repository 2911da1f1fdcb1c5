import { readSync } from 'node:fs';
import { GitError } from './gitError';

const WINDOW = 4 * 1024 * 1024;

/** A moving view of a file that is read from front to back. */
export class PackWindow {
  readonly #file: number;
  readonly #end: number;
  #buffer: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(file: number, end: number) {
    this.#file = file;
    this.#end = end;
  }

  /** The bytes from `offset` on: at least `length` of them, or up to the end. */
  at(offset: number, length: number): Buffer {
    const wanted = Math.min(offset + length, this.#end);
    if (offset < this.#start || wanted > this.#start + this.#buffer.length) {
      const size = Math.min(Math.max(WINDOW, length), this.#end - offset);
      this.#buffer = Buffer.allocUnsafe(Math.max(0, size));
      this.#start = offset;
      let filled = 0;
      while (filled < size) {
        const got = readSync(
          this.#file,
          this.#buffer,
          filled,
          size - filled,
          offset + filled,
        );
        if (got === 0) {
          throw new GitError('corrupt', 'the pack is shorter than expected');
        }
        filled += got;
      }
    }
    return this.#buffer.subarray(offset - this.#start);
  }
}
