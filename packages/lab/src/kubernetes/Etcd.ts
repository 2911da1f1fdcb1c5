import { join } from 'path';
import { answers, freePort, Program } from '../program';

/** Options of {@link Etcd.create}. */
export interface EtcdOptions {
  programs: string;
  /** Where it keeps its data and what it says. */
  folder: string;
  onDeath: (reason: Error) => void;
}

/** The store of all API servers of a lab; each has a prefix of its own. */
export class Etcd {
  readonly url: string;
  readonly #program: Program;

  static async create(options: EtcdOptions): Promise<Etcd> {
    const { programs, folder, onDeath } = options;
    const url = `http://127.0.0.1:${await freePort()}`;
    const peerUrl = `http://127.0.0.1:${await freePort()}`;
    const program = Program.start({
      name: 'etcd',
      programs,
      program: 'kubelab',
      logs: join(folder, 'logs'),
      onDeath,
      args: [
        'etcd',
        '--name=lab',
        `--data-dir=${join(folder, 'etcd')}`,
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
    try {
      await program.ready(() => answers(`${url}/health`));
    } catch (error) {
      await program.stop();
      throw error;
    }
    return new Etcd(url, program);
  }

  private constructor(url: string, program: Program) {
    this.url = url;
    this.#program = program;
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
    await this.#program.stop();
  }
}
