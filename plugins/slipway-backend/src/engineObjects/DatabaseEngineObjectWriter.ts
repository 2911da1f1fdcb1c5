import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import { RefusedRows } from '../database/RefusedRows';
import { assertFence } from '../leases';
import { engineObjectId } from './engineObjectId';
import { engineObjectToRow, type EngineObjectRow } from './engineObjectRow';
import { mergeEngineObject } from './mergeEngineObject';
import { purgeRemoved } from './purgeRemoved';
import { sortUnlisted } from './sortUnlisted';
import type { EngineObjectWriter, EngineObjectWriterOptions } from './types';
import {
  readEngineObjectRows,
  writeEngineObjects,
  type EngineObjectWrites,
} from './writeEngineObjects';

const REMOVED_KEPT_MILLISECONDS = 3_600_000;
const PURGE_EVERY_MILLISECONDS = 600_000;

type Page = Parameters<EngineObjectWriter['list']>[0];
type Changes = Parameters<EngineObjectWriter['apply']>[0];

/** Writes what one engine says of one cluster; remembers between the pages of a list which objects it held. */
export class DatabaseEngineObjectWriter implements EngineObjectWriter {
  readonly #knex: Knex;
  readonly #options: EngineObjectWriterOptions;
  readonly #refused: RefusedRows;
  #listed: Set<string> | undefined;
  #purgedAt = 0;

  private constructor(knex: Knex, options: EngineObjectWriterOptions) {
    this.#knex = knex;
    this.#options = options;
    this.#refused = RefusedRows.create(options);
  }

  static create(
    knex: Knex,
    options: EngineObjectWriterOptions,
  ): DatabaseEngineObjectWriter {
    return new DatabaseEngineObjectWriter(knex, options);
  }

  async list({ objects, first, last, unread = [] }: Page): Promise<boolean> {
    if (!first && !this.#listed) {
      throw new InputError('A list must begin with its first page');
    }
    const listed = first ? new Set<string>() : this.#listed!;
    const changes = objects.map(object => ({
      type: 'upsert' as const,
      object,
    }));
    // Before the write: a page that is sent again after a failure counts once all the same
    for (const object of objects) listed.add(engineObjectId(object.key));
    this.#listed = listed;

    const visible = await this.#write(async (tx, at) => {
      const writes = await this.#merge(tx, changes, 'list', at);
      if (last) {
        const { cluster, engine } = this.#options;
        const present: Array<{ id: string }> = await tx('engine_objects')
          .where({ cluster, engine, removed: false })
          .select('id');
        const ids = present.map(({ id }) => id).filter(id => !listed.has(id));
        const { gone, changed } = await sortUnlisted(tx, { ids, unread, at });
        writes.removed.push(...gone);
        writes.changed.push(...changed);
      }
      return writes;
    });
    if (last) this.#listed = undefined;
    return visible;
  }

  async apply(changes: Changes): Promise<boolean> {
    return this.#write((tx, at) => this.#merge(tx, changes, 'change', at));
  }

  async #write(
    prepare: (tx: Knex.Transaction, at: string) => Promise<EngineObjectWrites>,
  ): Promise<boolean> {
    const { cluster, engine, lease } = this.#options;
    const now = Date.now();
    const purge = now - this.#purgedAt > PURGE_EVERY_MILLISECONDS;
    const visible = await this.#knex.transaction(async tx => {
      await assertFence(tx, lease);
      const writes = await prepare(tx, new Date(now).toISOString());
      if (purge) {
        const before = new Date(now - REMOVED_KEPT_MILLISECONDS).toISOString();
        await purgeRemoved(tx, { cluster, engine, before });
      }
      return writeEngineObjects(tx, writes, this.#refused);
    });
    if (purge) this.#purgedAt = now;
    return visible;
  }

  /** Plays the changes, in order, on the rows that are there. */
  async #merge(
    tx: Knex.Transaction,
    changes: Changes,
    word: 'list' | 'change',
    at: string,
  ): Promise<EngineObjectWrites> {
    const ids = new Set(changes.map(change => this.#idOf(change)));
    const present = await readEngineObjectRows(tx, [...ids]);
    const rows = new Map(present);
    const changed = new Map<string, EngineObjectRow>();
    const touched = new Map<string, EngineObjectRow>();
    for (const change of changes) {
      const id = this.#idOf(change);
      const row = rows.get(id);
      if (change.type === 'remove') {
        if (row && !row.removed) {
          const gone = { ...row, removed: true, resources: '[]', seen_at: at };
          rows.set(id, gone);
          changed.set(id, gone);
        }
        continue;
      }
      const merge = mergeEngineObject(
        row,
        engineObjectToRow(change.object, at),
        word,
      );
      if (merge.outcome === 'keep') continue;
      rows.set(id, merge.row);
      if (merge.outcome === 'change' || changed.has(id)) {
        changed.set(id, merge.row);
      } else {
        touched.set(id, merge.row);
      }
    }
    return {
      changed: [...changed].map(([id, row]) => ({
        row,
        present: present.get(id),
      })),
      touched: [...touched]
        .filter(([id]) => !changed.has(id))
        .map(([, row]) => row),
      removed: [],
      at,
    };
  }

  #idOf(change: Changes[number]): string {
    const { cluster, engine } = this.#options;
    const { key } = change.type === 'remove' ? change : change.object;
    if (key.cluster !== cluster || key.engine !== engine) {
      throw new InputError(
        `The engine '${engine}' on cluster '${cluster}' reported an object of '${key.engine}' on '${key.cluster}'`,
      );
    }
    return engineObjectId(key);
  }
}
