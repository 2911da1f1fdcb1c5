/** Keeps the values that were used last, up to a number of bytes. */
export class ByteLru<K, V> {
  readonly #limit: number;
  readonly #sizeOf: (value: V) => number;
  readonly #values = new Map<K, V>();
  #bytes = 0;

  constructor(limit: number, sizeOf: (value: V) => number) {
    this.#limit = limit;
    this.#sizeOf = sizeOf;
  }

  get(key: K): V | undefined {
    const value = this.#values.get(key);
    if (value !== undefined) {
      this.#values.delete(key);
      this.#values.set(key, value);
    }
    return value;
  }

  set(key: K, value: V): void {
    const size = this.#sizeOf(value);
    if (size > this.#limit / 4 || this.#values.has(key)) {
      return;
    }
    this.#values.set(key, value);
    this.#bytes += size;
    for (const [oldKey, old] of this.#values) {
      if (this.#bytes <= this.#limit) {
        break;
      }
      this.#values.delete(oldKey);
      this.#bytes -= this.#sizeOf(old);
    }
  }
}
