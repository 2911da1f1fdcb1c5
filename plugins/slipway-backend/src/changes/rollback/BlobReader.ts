import { InputError } from '@backstage/errors';
import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import { GitError } from '../../git';
import { MAX_FILE_BYTES } from '../plan/planEdits';

/** A rollback is held in memory, and kept in the database until it is pushed. */
const MAX_FILES = 2000;
const MAX_BYTES = 100 * 1024 ** 2;

/** Reads what a rollback brings back, within bounds. */
export class BlobReader {
  readonly findings: Finding[] = [];
  readonly #readBlob: (oid: string) => Promise<Buffer>;
  readonly #signal: AbortSignal | undefined;
  #bytes = 0;

  constructor(options: {
    readBlob: (oid: string) => Promise<Buffer>;
    signal?: AbortSignal;
  }) {
    this.#readBlob = options.readBlob;
    this.#signal = options.signal;
  }

  /** @throws InputError for more files than a rollback may bring back */
  checkCount(files: number): void {
    if (files > MAX_FILES) {
      throw new InputError(
        `This rollback would change ${files} files, more than ${MAX_FILES}; roll back single modules`,
      );
    }
  }

  /**
   * @returns undefined for a file that is too large, with the finding that says so
   * @throws InputError when all together are
   */
  async read(oid: string, path: string): Promise<Buffer | undefined> {
    this.#signal?.throwIfAborted();
    let data: Buffer;
    try {
      data = await this.#readBlob(oid);
    } catch (error) {
      if (!(error instanceof GitError) || error.problem !== 'tooLarge') {
        throw error;
      }
      const megabytes = String(MAX_FILE_BYTES / 1_000_000);
      this.findings.push({
        severity: 'error',
        code: 'fileTooLarge',
        params: { path, megabytes },
        file: path,
      });
      return undefined;
    }
    this.#bytes += data.length;
    if (this.#bytes > MAX_BYTES) {
      throw new InputError(
        `This rollback would bring back more than ${
          MAX_BYTES / 1024 ** 2
        } MiB; roll back single modules`,
      );
    }
    return data;
  }
}
