import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SlipwayApi } from '../../plugins/slipway-common/src';
import type { Portal } from '../environments-page/portal';
import { slipwayApi } from '../slipwayApi';

/** A portal in a process of its own, with nobody else's work on its event loop. */
export class PortalProcess implements Portal {
  readonly url: string;
  readonly token: string;
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;

  private constructor(
    child: ChildProcess,
    exited: Promise<unknown>,
    ready: Pick<Portal, 'url' | 'token'>,
  ) {
    this.#child = child;
    this.#exited = exited;
    this.url = ready.url;
    this.token = ready.token;
  }

  /** @param options - `person`: of `examples/org.yaml` */
  static async start(options: {
    root: string;
    repoUrl: string;
    person?: string;
  }): Promise<PortalProcess> {
    const { root, repoUrl, person = 'engineer' } = options;
    const child = fork(join(__dirname, 'process.ts'), [root, repoUrl, person], {
      execArgv: [...process.execArgv, '--expose-gc'],
    });
    const exited = once(child, 'exit');
    const ready = await Promise.race([
      said<Pick<Portal, 'url' | 'token'>>(child, 'token'),
      exited.then(() => {
        throw new Error('The portal did not start');
      }),
    ]);
    return new PortalProcess(child, exited, ready);
  }

  /** Bytes of resident memory now, and the most since it was last asked. */
  async memory(): Promise<{ peak: number; now: number }> {
    const peak = said<{ peak: number }>(this.#child, 'peak');
    const now = said<{ now: number }>(this.#child, 'now');
    this.#child.send('memory');
    return { ...(await peak), ...(await now) };
  }

  get api(): SlipwayApi {
    return slipwayApi(this.url, this.token);
  }

  async stop(): Promise<void> {
    this.#child.send('stop');
    await this.#exited;
  }
}

/** Waits for a message with a key; Node's loader of TypeScript talks over the same channel. */
function said<T>(child: ChildProcess, key: keyof T): Promise<T> {
  return new Promise(resolve => {
    child.on('message', (message: Partial<T>) => {
      if (message[key] !== undefined) resolve(message as T);
    });
  });
}
