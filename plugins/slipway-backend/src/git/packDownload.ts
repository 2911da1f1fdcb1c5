import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { GitError } from './gitError';

export interface DownloadOptions {
  /** The pack's bytes as they arrive. */
  chunks: AsyncIterable<Uint8Array>;
  /** Refuses larger packs with {@link GitError} `tooLarge`. */
  maxBytes: number;
  signal?: AbortSignal;
}

/** Writes the pack to disk while its checksum is computed along. */
export async function downloadPack(
  path: string,
  options: DownloadOptions,
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

/** The checksum of a file's first `end` bytes. */
export async function hashFile(
  handle: FileHandle,
  end: number,
): Promise<Buffer> {
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

/** Writes a file so that it is there after a power cut. */
export async function writeDurably(path: string, data: Buffer): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(data);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
