import type { EngineResource } from '@slipway/backstage-plugin-slipway-node';
import type { Knex } from 'knex';
import { chunks } from './chunks';
import { DatabaseEngineObjectWriter } from './DatabaseEngineObjectWriter';
import {
  rowToEngineObject,
  SUMMARY_COLUMNS,
  type EngineObjectSummaryRow,
} from './engineObjectRow';
import type {
  ConfigRepoScope,
  EngineObjectStore,
  EngineObjectWriter,
  EngineObjectWriterOptions,
  ManagingObject,
  StoredEngineObject,
  WantedResources,
} from './types';

const PAGE = 500;
/** Texts that one query looks for. */
const MAX_TEXTS = 50;

/** Engine objects in tables, one row each, and one for each repository that they read. */
export class DatabaseEngineObjectStore implements EngineObjectStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseEngineObjectStore {
    return new DatabaseEngineObjectStore(options.knex);
  }

  writer(options: EngineObjectWriterOptions): EngineObjectWriter {
    return DatabaseEngineObjectWriter.create(this.#knex, options);
  }

  async *changedSince(
    sequence: number,
    { configRepoKeys, configRepo }: ConfigRepoScope,
  ): AsyncGenerator<StoredEngineObject[]> {
    let after = { sequence, id: '' };
    for (;;) {
      const { sequence: from, id } = after;
      const rows = await this.#summaries()
        .where(query =>
          query
            .whereIn('id', this.#idsReading(configRepoKeys))
            .orWhereIn(
              'id',
              this.#knex('module_engine_objects')
                .where({ config_repo: configRepo })
                .select('engine_object_id'),
            ),
        )
        .where(query => {
          query.where('sequence', '>', from);
          // The first page begins after the given sequence, whatever the id
          if (id) query.orWhere({ sequence: from }).where('id', '>', id);
        })
        .orderBy(['sequence', 'id'])
        .limit(PAGE);
      if (rows.length > 0) yield rows.map(rowToEngineObject);
      if (rows.length < PAGE) return;
      const last = rows[rows.length - 1];
      after = { sequence: Number(last.sequence), id: last.id };
    }
  }

  async *allOfRepo(
    configRepoKeys: string[],
  ): AsyncGenerator<StoredEngineObject[]> {
    let after = '';
    for (;;) {
      const rows = await this.#summaries()
        .where({ removed: false })
        .whereIn('id', this.#idsReading(configRepoKeys))
        .where('id', '>', after)
        .orderBy('id')
        .limit(PAGE);
      if (rows.length > 0) yield rows.map(rowToEngineObject);
      if (rows.length < PAGE) return;
      after = rows[rows.length - 1].id;
    }
  }

  async byIds(ids: string[]): Promise<StoredEngineObject[]> {
    const objects: StoredEngineObject[] = [];
    for (const chunk of chunks(ids, PAGE)) {
      const rows = await this.#summaries().whereIn('id', chunk).orderBy('id');
      objects.push(...rows.map(rowToEngineObject));
    }
    return objects;
  }

  async resourcesOf(id: string): Promise<EngineResource[]> {
    const row = await this.#knex('engine_objects')
      .where({ id })
      .first('resources');
    return row ? JSON.parse(row.resources) : [];
  }

  async *managing(wanted: WantedResources): AsyncGenerator<ManagingObject[]> {
    // Narrows the text that the database holds; what it lets through is looked at.
    const texts = [
      ...wanted.namespaces.map(namespace => ({ namespace })),
      ...wanted.names.map(name => ({ name })),
    ].map(field => `%${JSON.stringify(field).slice(1, -1)}%`);
    const namespaces = new Set(wanted.namespaces);
    const names = new Set(wanted.names);
    for (const some of chunks(texts, MAX_TEXTS)) {
      let after = '';
      for (;;) {
        const rows: Array<EngineObjectSummaryRow & { resources: string }> =
          await this.#summaries()
            .select('resources')
            .where({ removed: false })
            .where(query => {
              for (const text of some) query.orWhereLike('resources', text);
            })
            .where('id', '>', after)
            .orderBy('id')
            .limit(PAGE);
        const found = rows.map(row => ({
          ...rowToEngineObject(row),
          resources: (JSON.parse(row.resources) as EngineResource[]).filter(
            ({ namespace, name }) =>
              namespaces.has(namespace) || names.has(name),
          ),
        }));
        if (found.length > 0) yield found;
        if (rows.length < PAGE) break;
        after = rows[rows.length - 1].id;
      }
    }
  }

  async counts() {
    const rows: Array<{
      cluster: string;
      engine: string;
      count: number | string;
    }> = await this.#knex('engine_objects')
      .where({ removed: false })
      .groupBy('cluster', 'engine')
      .select('cluster', 'engine', this.#knex.raw('count(*) as count'));
    return rows.map(row => ({ ...row, count: Number(row.count) }));
  }

  #summaries(): Knex.QueryBuilder<
    EngineObjectSummaryRow,
    EngineObjectSummaryRow[]
  > {
    return this.#knex('engine_objects').select(...SUMMARY_COLUMNS);
  }

  #idsReading(configRepoKeys: string[]): Knex.QueryBuilder {
    return this.#knex('engine_object_sources')
      .whereIn('repo_key', configRepoKeys)
      .select('engine_object_id');
  }
}
