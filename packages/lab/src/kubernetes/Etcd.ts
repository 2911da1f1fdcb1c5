import { cp, rm } from 'fs/promises';
import { join } from 'path';
import { answers, freePort, Program } from '../program';

/** Options of {@link Etcd.create}. */
export interface EtcdOptions {
  programs: string;
  /** Where it keeps its data and what it says. */
  folder: string;
  onDeath: (reason: Error) => void;
}

/** The store of the API servers of a lab, each with a prefix of its own; or of one alone. */
export class Etcd {
  readonly url: string;
  readonly #options: EtcdOptions;
  readonly #peerUrl: string;
  #program: Program | undefined;

  static async create(options: EtcdOptions): Promise<Etcd> {
    const etcd = new Etcd(options, {
      url: `http://127.0.0.1:${await freePort()}`,
      peerUrl: `http://127.0.0.1:${await freePort()}`,
    });
    await etcd.#start();
    return etcd;
  }

  private constructor(
    options: EtcdOptions,
    { url, peerUrl }: { url: string; peerUrl: string },
  ) {
    this.url = url;
    this.#options = options;
    this.#peerUrl = peerUrl;
  }

  /** Keeps a copy of all that it holds; it is away for a moment. */
  async save(): Promise<void> {
    await this.stop();
    await rm(this.#saved, { recursive: true, force: true });
    await cp(this.#data, this.#saved, { recursive: true });
    await this.#start();
  }

  /** Holds what it did when it was saved, and counts on from there: its versions are older ones again. */
  async rewind(): Promise<void> {
    await this.stop();
    await rm(this.#data, { recursive: true });
    await cp(this.#saved, this.#data, { recursive: true });
    await this.#start();
  }

  /** Begins anew: holds nothing, and counts its versions from the first. */
  async clear(): Promise<void> {
    await this.stop();
    await rm(this.#data, { recursive: true });
    await this.#start();
  }

  /** Deletes all keys that begin with the prefix, through etcd's own JSON gateway. */
  async wipe(prefix: string): Promise<void> {
    // The end of a range is its first key outside: the prefix with its last byte raised.
    const end = Buffer.from(prefix);
    end[end.length - 1] += 1;
    const response = await fetch(`${this.url}/v3/kv/deleterange`, {
      method: 'POST',
      body: JSON.stringify({
        key: Buffer.from(prefix).toString('base64'),
        range_end: end.toString('base64'),
      }),
    });
    if (!response.ok) {
      throw new Error(
        `etcd refused to delete ${prefix}: ${await response.text()}`,
      );
    }
  }

  async stop(): Promise<void> {
    await this.#program?.stop();
  }

  get #data(): string {
    return join(this.#options.folder, 'etcd');
  }

  get #saved(): string {
    return join(this.#options.folder, 'etcd-saved');
  }

  async #start(): Promise<void> {
    const { programs, folder, onDeath } = this.#options;
    const { url } = this;
    const peerUrl = this.#peerUrl;
    const program = Program.start({
      name: 'etcd',
      programs,
      program: 'kubelab',
      logs: join(folder, 'logs'),
      onDeath,
      args: [
        'etcd',
        '--name=lab',
        `--data-dir=${this.#data}`,
        `--listen-client-urls=${url}`,
        `--advertise-client-urls=${url}`,
        `--listen-peer-urls=${peerUrl}`,
        `--initial-advertise-peer-urls=${peerUrl}`,
        `--initial-cluster=lab=${peerUrl}`,
        // Nothing in it is to outlive the machine.
        '--unsafe-no-fsync',
        '--quota-backend-bytes=4294967296',
        '--auto-compaction-mode=periodic',
        '--auto-compaction-retention=5m',
        '--log-level=warn',
      ],
      env: { GOGC: '50' },
    });
    this.#program = program;
    try {
      await program.ready(() => answers(`${url}/health`));
    } catch (error) {
      await program.stop();
      throw error;
    }
  }
}
