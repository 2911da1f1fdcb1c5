import { expired, tooLargeVersion } from './ApiError';
import type { KubernetesObject, Status } from './types';

/** One change of one object. */
export interface LogEntry {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  version: number;
  /** Which collection it belongs to, over all versions of the resource. */
  collection: string;
  object: KubernetesObject;
  /** The object before the change. */
  previous: KubernetesObject | undefined;
}

/** Follows the log. */
export interface LogReader {
  onEntry(entry: LogEntry): void;
  /** The log was cut off in front of the reader; nothing more comes. */
  onExpired(status: Status): void;
}

interface Cursor {
  reader: LogReader;
  /** The absolute position of the next entry; positions of dropped entries count. */
  position: number;
  reading: boolean;
}

/**
 * The bounded list of what happened, and the one counter of resource versions.
 *
 * Each reader has its own cursor and pulls in order, so a reader that writes to the store while
 * it reads never makes another one see changes in the wrong order.
 */
export class EventLog {
  readonly #capacity: number;
  readonly #cursors = new Set<Cursor>();
  #entries: LogEntry[] = [];
  /** Position of the first kept entry. */
  #offset = 0;
  #version: number;
  /** Watching from anything older than this is impossible. */
  #oldest: number;

  constructor(version: number, capacity: number) {
    this.#version = version;
    this.#oldest = version;
    this.#capacity = capacity;
  }

  get version(): number {
    return this.#version;
  }

  /** Takes the next resource version. */
  advance(): number {
    this.#version += 1;
    return this.#version;
  }

  /** Adds an entry and lets every reader read it before this returns. */
  append(entry: LogEntry): void {
    this.#entries.push(entry);
    while (this.#entries.length > this.#capacity) {
      this.#oldest = this.#entries.shift()!.version;
      this.#offset += 1;
    }
    for (const cursor of [...this.#cursors]) {
      this.#read(cursor);
    }
  }

  /**
   * The entries after a resource version.
   *
   * @throws ApiError 410 when they are gone, 504 when the version is yet to come.
   */
  since(version: number): LogEntry[] {
    return this.#entries.slice(this.#positionAfter(version) - this.#offset);
  }

  /** Reads everything after a resource version, now and as it comes. Returns how to stop. */
  follow(version: number, reader: LogReader): () => void {
    const position = this.#positionAfter(version);
    const cursor = { reader, position, reading: false };
    this.#cursors.add(cursor);
    this.#read(cursor);
    return () => void this.#cursors.delete(cursor);
  }

  /** Forgets everything: whoever reads, and whoever comes with an older version, gets a 410. */
  expire(): void {
    const known = this.#version;
    this.#offset += this.#entries.length;
    this.#entries = [];
    // One further, so that even who had seen everything has to list again.
    this.#oldest = this.advance();
    for (const cursor of [...this.#cursors]) {
      this.#cursors.delete(cursor);
      cursor.reader.onExpired(expired(known, this.#oldest).status);
    }
  }

  #positionAfter(version: number): number {
    if (version < this.#oldest) {
      throw expired(version, this.#oldest);
    }
    if (version > this.#version) {
      throw tooLargeVersion(version, this.#version);
    }
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#entries[middle].version <= version) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return this.#offset + low;
  }

  #read(cursor: Cursor): void {
    if (cursor.reading) {
      return;
    }
    cursor.reading = true;
    try {
      while (
        this.#cursors.has(cursor) &&
        cursor.position < this.#offset + this.#entries.length
      ) {
        if (cursor.position < this.#offset) {
          // It fell behind while its own writes filled the log.
          this.#cursors.delete(cursor);
          cursor.reader.onExpired(expired(0, this.#oldest).status);
          return;
        }
        const entry = this.#entries[cursor.position - this.#offset];
        cursor.position += 1;
        cursor.reader.onEntry(entry);
      }
    } finally {
      cursor.reading = false;
    }
  }
}
