import { setTimeout as pause } from 'timers/promises';
import type { Knex } from 'knex';

interface ObjectRow {
  id: string;
  uid: string;
  resource_version: string;
}

interface LeaseRow {
  key: string;
  fence: string;
}

/** Reads the store many times a second, and notes what went backwards. */
export class StoreWatch {
  /** Empty as long as every object only ever moved on. */
  readonly setbacks: string[] = [];
  looks = 0;
  readonly #knex: Knex;
  readonly #latest = new Map<string, { uid: string; version: bigint }>();
  readonly #fences = new Map<string, number>();
  readonly #ended: Promise<void>;
  #isStopping = false;

  static start(knex: Knex): StoreWatch {
    return new StoreWatch(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
    this.#ended = this.#run();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#ended;
  }

  async #run(): Promise<void> {
    while (!this.#isStopping) {
      await this.#look();
      await pause(50);
    }
  }

  async #look(): Promise<void> {
    const objects = await this.#knex<ObjectRow>('engine_objects').select(
      'id',
      'uid',
      'resource_version',
    );
    for (const { id, uid, resource_version: text } of objects) {
      const version = BigInt(text);
      const known = this.#latest.get(id);
      if (known?.uid === uid && version < known.version) {
        this.setbacks.push(`${id}: ${known.version}, then ${version}`);
      }
      this.#latest.set(id, { uid, version });
    }
    const leases = await this.#knex<LeaseRow>('leases').select('key', 'fence');
    for (const { key, fence } of leases) {
      if (Number(fence) < (this.#fences.get(key) ?? 0)) {
        this.setbacks.push(`${key}: fence ${fence}`);
      }
      this.#fences.set(key, Number(fence));
    }
    this.looks += 1;
  }
}
