import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { layerToolPath } from './layerTool';

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
    return new Kubectl(await layerToolPath('kubectl'), flags, home);
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
