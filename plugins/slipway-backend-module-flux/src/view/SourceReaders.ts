import type { ObjectId } from './types';

/** Which engine objects read which sources, whether those are there or not. */
export class SourceReaders {
  readonly #readersOf = new Map<ObjectId, Set<ObjectId>>();
  readonly #sourcesOf = new Map<ObjectId, ObjectId[]>();

  static create(): SourceReaders {
    return new SourceReaders();
  }

  private constructor() {}

  /** What an engine object reads now, instead of what it read before. */
  set(reader: ObjectId, sources: ObjectId[]): void {
    for (const source of this.#sourcesOf.get(reader) ?? []) {
      const readers = this.#readersOf.get(source);
      readers?.delete(reader);
      if (readers?.size === 0) this.#readersOf.delete(source);
    }
    if (sources.length === 0) this.#sourcesOf.delete(reader);
    else this.#sourcesOf.set(reader, sources);
    for (const source of sources) {
      const readers = this.#readersOf.get(source) ?? new Set();
      this.#readersOf.set(source, readers.add(reader));
    }
  }

  of(source: ObjectId): Iterable<ObjectId> {
    return this.#readersOf.get(source) ?? [];
  }

  *ofKind(kind: string): Generator<ObjectId> {
    for (const [source, readers] of this.#readersOf) {
      if (source.startsWith(`${kind}/`)) yield* readers;
    }
  }
}
