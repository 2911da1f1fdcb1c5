import { createHash } from 'node:crypto';

/** Remembers what was written, as hashes, so that only what differs is written again. */
export class WrittenRows {
  readonly #hashes = new Map<string, string>();

  private constructor() {}

  static create(): WrittenRows {
    return new WrittenRows();
  }

  /** Takes over a value; whether it differs from the one before. */
  differs(key: string, value: unknown): boolean {
    const hash = createHash('sha1')
      .update(JSON.stringify(value))
      .digest('base64');
    if (this.#hashes.get(key) === hash) return false;
    this.#hashes.set(key, hash);
    return true;
  }

  forget(keys: Iterable<string>): void {
    for (const key of keys) this.#hashes.delete(key);
  }

  /** After a write was rolled back: everything counts as new. */
  forgetAll(): void {
    this.#hashes.clear();
  }
}
