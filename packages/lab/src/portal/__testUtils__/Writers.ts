import { setTimeout as pause } from 'timers/promises';
import type { FoundModulePage } from '@slipway/backstage-plugin-slipway-common';
import type { Applications } from './Applications';

const PAUSE_MS = 100;

/** Changes Applications all the time, and knows what must show. */
export class Writers {
  /** How many changes were written. */
  count = 0;
  readonly #applications: ReadonlyMap<string, Applications>;
  readonly #steady: string[];
  readonly #fleeting: string;
  /** The version, by environment and module; 0 is gone. */
  readonly #written = new Map<string, number>();
  readonly #ended: Promise<unknown>;
  #isStopping = false;

  /** @param options - `applications` by the environment that they are in */
  static async create(options: {
    applications: ReadonlyMap<string, Applications>;
    modules: string[];
  }): Promise<Writers> {
    const { applications, modules } = options;
    for (const [environment, of] of applications) {
      await Promise.all(
        modules.map(module => of.create({ environment, module, version: 1 })),
      );
    }
    return new Writers(applications, modules);
  }

  private constructor(
    applications: ReadonlyMap<string, Applications>,
    [fleeting, ...steady]: string[],
  ) {
    this.#applications = applications;
    this.#fleeting = fleeting;
    this.#steady = steady;
    for (const environment of applications.keys()) {
      for (const module of [fleeting, ...steady]) {
        this.#written.set(`${environment}/${module}`, 1);
      }
    }
    this.#ended = Promise.all(
      [...applications].map(([environment, of]) => this.#run(environment, of)),
    );
  }

  /** Deletes an Application in each environment, or makes it again where it is gone. */
  async toggle(): Promise<void> {
    for (const [environment, of] of this.#applications) {
      const key = `${environment}/${this.#fleeting}`;
      const isThere = this.#written.get(key) !== 0;
      this.count += 1;
      const version = isThere ? 0 : this.count + 1;
      this.#written.set(key, version);
      await (isThere
        ? of.delete(this.#fleeting)
        : of.create({ environment, module: this.#fleeting, version }));
    }
  }

  /** What has been written up to now, by environment and module. */
  written(): ReadonlyMap<string, number> {
    return new Map(this.#written);
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#ended;
  }

  async #run(environment: string, of: Applications): Promise<void> {
    for (let turn = 0; !this.#isStopping; turn += 1) {
      const module = this.#steady[turn % this.#steady.length];
      this.count += 1;
      const version = this.count + 1;
      await of.setVersion(module, version);
      this.#written.set(`${environment}/${module}`, version);
      await pause(PAUSE_MS);
    }
  }
}

/** The versions that a portal shows, by environment and module; of what nobody delivers there is none. */
export function versionsOf(
  shown: FoundModulePage['items'],
): Map<string, number> {
  return new Map(
    shown.flatMap(({ module: { environment, name, version } }) =>
      version ? [[`${environment}/${name}`, Number(version)]] : [],
    ),
  );
}
