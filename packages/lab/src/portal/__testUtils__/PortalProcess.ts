import { type ChildProcess, fork } from 'child_process';
import { once } from 'events';
import { dirname, join } from 'path';
import type { JsonObject } from '@backstage/types';
import type {
  Cluster,
  FoundModulePage,
  SlipwayApi,
} from '@slipway/backstage-plugin-slipway-common';
import { slipwayClient } from '../../__testUtils__/slipwayClient';
import { findSources } from '../../build/sources';

/** What a portal is started with. */
export interface PortalSettings {
  config: JsonObject;
  /** Of PostgreSQL, as knex takes it. */
  database: string | JsonObject;
}

/** What the process says of itself. */
interface Words {
  loaded: true;
  /** Of its backend. */
  port: number;
}

/** A portal's backend that is a process of its own, beside others on one database. */
export class PortalProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #api: SlipwayApi | undefined;
  #isKilled = false;

  /** Loads the code; `start` makes a portal of it. */
  static async load(): Promise<PortalProcess> {
    const root = dirname(findSources());
    const child = fork(join(__dirname, 'runPortal.ts'), [], {
      execArgv: [
        '--require',
        join(root, 'node_modules/@backstage/cli-node/config/nodeTransform.cjs'),
      ],
    });
    const portal = new PortalProcess(child);
    await portal.#said('loaded');
    return portal;
  }

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = once(child, 'exit');
  }

  get pid(): number {
    return this.#child.pid!;
  }

  get isRunning(): boolean {
    return (
      !this.#isKilled &&
      this.#child.exitCode === null &&
      this.#child.signalCode === null
    );
  }

  async start(settings: PortalSettings): Promise<void> {
    const said = this.#said('port');
    this.#child.send({ settings });
    this.#api = slipwayClient(await said);
  }

  cluster(name: string): Promise<Cluster> {
    return this.#api!.getCluster(name);
  }

  async modules(): Promise<FoundModulePage['items']> {
    return (await this.#api!.findModules({ limit: 100 })).items;
  }

  /** Ends it as a power failure would: it gives nothing back. */
  async kill(): Promise<void> {
    // Its connections break before its end is told.
    this.#isKilled = true;
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Stands still as a machine that is paused does: its connections stay. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  /** The loader of TypeScript talks over the same channel. */
  #said<K extends keyof Words>(key: K): Promise<Words[K]> {
    const said = new Promise<Words[K]>(resolve => {
      this.#child.on('message', (words: Partial<Words>) => {
        const word = words[key];
        if (word !== undefined) resolve(word);
      });
    });
    const ended = this.#ended.then((): never => {
      throw new Error('The portal ended by itself');
    });
    return Promise.race([said, ended]);
  }
}
