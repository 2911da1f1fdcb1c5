import { type ChildProcess, fork } from 'child_process';
import { once } from 'events';
import { dirname, join } from 'path';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import type {
  Cluster,
  FoundModulePage,
} from '@slipway/backstage-plugin-slipway-common';
import { findSources } from '../../build/sources';

/** What a portal is started with. */
export interface PortalSettings {
  config: JsonObject;
  /** Of PostgreSQL, as knex takes it. */
  database: string | JsonObject;
}

/** A portal's backend that is a process of its own, beside others on one database. */
export class PortalProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #port: number | undefined;
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
    this.#port = await said;
  }

  cluster(name: string): Promise<Cluster> {
    return this.#get(`/clusters/${name}`);
  }

  async modules(): Promise<FoundModulePage['items']> {
    const page: FoundModulePage = await this.#get('/modules?limit=100');
    return page.items;
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

  async #get(path: string): Promise<any> {
    const response = await fetch(
      `http://127.0.0.1:${this.#port}/api/slipway${path}`,
      {
        headers: {
          authorization: mockCredentials.user.header(),
          // One that is kept open is closed for its age by a portal that wakes, with the request in it unread.
          connection: 'close',
        },
      },
    );
    if (!response.ok) {
      throw new Error(`${path}: ${await response.text()}`);
    }
    return response.json();
  }

  /** The loader of TypeScript talks over the same channel. */
  #said(key: 'loaded' | 'port'): Promise<any> {
    const said = new Promise(resolve => {
      this.#child.on('message', (message: Record<string, unknown>) => {
        if (message[key] !== undefined) resolve(message[key]);
      });
    });
    const ended = this.#ended.then(() => {
      throw new Error('The portal ended by itself');
    });
    return Promise.race([said, ended]);
  }
}
