import { GitError } from '../../git';
import { textContent } from '../../files/textContent';

/** Bytes of a file past which it is not looked into. */
const MAX_BYTES = 4 * 1024 ** 2;
/** What one plan may read. */
const MAX_FILES = 1000;
const MAX_BYTES_IN_ALL = 64 * 1024 ** 2;

/**
 * Texts of the blobs that one plan looks at, each read once. Whoever walks files asks without waiting; what was not at hand is read
 * before the walk begins again.
 */
export class BlobTexts {
  readonly #readBlob: (oid: string, maxBytes: number) => Promise<Buffer>;
  readonly #texts = new Map<string, string | undefined>();
  readonly #wanted = new Set<string>();
  #bytes = 0;
  #complete = true;

  constructor(readBlob: (oid: string, maxBytes: number) => Promise<Buffer>) {
    this.#readBlob = readBlob;
  }

  /** Whether everything could be read that was asked for. */
  get complete(): boolean {
    return this.#complete;
  }

  /** The text of a blob that is at hand; else it is read the next time. */
  at(oid: string): string | undefined {
    if (!this.#texts.has(oid)) this.#wanted.add(oid);
    return this.#texts.get(oid);
  }

  async read(oid: string): Promise<string | undefined> {
    if (!this.#texts.has(oid)) this.#texts.set(oid, await this.#text(oid));
    return this.#texts.get(oid);
  }

  /** Repeats a walk until it asked for nothing that is not at hand. */
  async walk<T>(run: () => T): Promise<T> {
    for (;;) {
      this.#wanted.clear();
      const result = run();
      const wanted = [...this.#wanted];
      if (wanted.length === 0) return result;
      for (const oid of wanted) await this.read(oid);
    }
  }

  async #text(oid: string): Promise<string | undefined> {
    if (this.#texts.size >= MAX_FILES || this.#bytes >= MAX_BYTES_IN_ALL) {
      this.#complete = false;
      return undefined;
    }
    try {
      const data = await this.#readBlob(oid, MAX_BYTES);
      this.#bytes += data.length;
      return textContent(data);
    } catch (error) {
      if (error instanceof GitError && error.problem === 'tooLarge') {
        return undefined;
      }
      throw error;
    }
  }
}
