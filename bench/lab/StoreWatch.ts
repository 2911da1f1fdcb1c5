import { setTimeout as delay } from 'node:timers/promises';
import knexFactory, { type Knex } from 'knex';
import { now } from '../event-to-page/clock';

/** Between looks: what is measured is late by up to so much. */
const EVERY_MS = 5;

/** When each version of each Application was first seen in Slipway's database, by looking into it from outside. */
export class StoreWatch {
  readonly #knex: Knex;
  readonly #seen = new Map<string, Array<{ version: number; at: number }>>();
  #state: number | undefined;
  #stopped = false;
  #work: Promise<void> = Promise.resolve();

  static open(database: string): StoreWatch {
    const watch = new StoreWatch(
      knexFactory({
        client: 'better-sqlite3',
        connection: { filename: database, options: { readonly: true } },
        useNullAsDefault: true,
      }),
    );
    watch.#work = watch.#look();
    return watch;
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** When an Application was there in this version or a newer one, in ms since 1970. */
  storedAt(name: string, version: number): number | undefined {
    return this.#seen.get(name)?.find(one => one.version >= version)?.at;
  }

  /** Newest version of each Application in the store. */
  versions(): Map<string, number> {
    return new Map(
      [...this.#seen].map(([name, seen]) => [name, seen.at(-1)!.version]),
    );
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#work.finally(() => this.#knex.destroy());
  }

  async #look(): Promise<void> {
    for (; !this.#stopped; await delay(EVERY_MS)) {
      // It is another number after each commit of another process.
      const [{ data_version: state }] = await this.#knex.raw(
        'PRAGMA data_version',
      );
      if (state === this.#state) continue;
      this.#state = state;
      await this.#compare();
    }
  }

  async #compare(): Promise<void> {
    const rows: Array<{ name: string; resource_version: string }> =
      await this.#knex('engine_objects')
        .where({ removed: false })
        .select('name', 'resource_version');
    const at = now();
    for (const { name, resource_version } of rows) {
      const version = Number(resource_version);
      const seen = this.#seen.get(name) ?? [];
      if (seen.at(-1)?.version === version) continue;
      seen.push({ version, at });
      this.#seen.set(name, seen);
    }
  }
}
