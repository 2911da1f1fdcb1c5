import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isRecord } from './store/json';
import type { ObjectStore } from './store/ObjectStore';
import type { StoreSnapshot } from './store/types';

const DEBOUNCE_MILLISECONDS = 1000;

/**
 * Reads what an earlier run kept; `undefined` when there is nothing yet.
 *
 * @throws Error naming the file when it is not what {@link SnapshotFile} writes.
 */
export async function readSnapshot(
  file: string,
): Promise<StoreSnapshot | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (
    !isRecord(value) ||
    typeof value.resourceVersion !== 'number' ||
    !Array.isArray(value.objects)
  ) {
    throw new Error(
      `${file} does not hold the objects of a demo cluster; delete it to start over`,
    );
  }
  return value as unknown as StoreSnapshot;
}

/** Keeps the objects of a store in a file: a while after each change, and when it is closed. */
export class SnapshotFile {
  readonly #file: string;
  readonly #store: ObjectStore;
  readonly #unsubscribe: () => void;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string, store: ObjectStore) {
    this.#file = file;
    this.#store = store;
    this.#unsubscribe = store.onChange(() => this.#schedule());
  }

  static async follow(file: string, store: ObjectStore): Promise<SnapshotFile> {
    const followed = new SnapshotFile(file, store);
    await followed.#write();
    return followed;
  }

  /** Writes what is outstanding and stops following. */
  async close(): Promise<void> {
    this.#unsubscribe();
    clearTimeout(this.#timer);
    await this.#writing.catch(() => {});
    await this.#write();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#writing = this.#writing
        .then(() => this.#write())
        .catch(error => {
          process.emitWarning(`Cannot write ${this.#file}: ${error}`);
        });
    }, DEBOUNCE_MILLISECONDS).unref();
  }

  async #write(): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true });
    const temporary = `${this.#file}.tmp`;
    await writeFile(temporary, JSON.stringify(this.#store.snapshot()));
    await rename(temporary, this.#file);
  }
}
