import type {
  EngineObjectRef,
  FoundModulePage,
} from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import { chunks } from '../database/chunks';
import {
  applyKeyset,
  encodeCursor,
  type KeysetOrder,
} from '../database/keyset';
import { engineObjectId } from '../engineObjects';
import type { EnvironmentScope } from '../environments/types';
import { readConnections } from '../status/Connections';
import { environmentId, moduleId, type ModuleRow } from '../status/rows';
import { whereModuleFiltered, whereModuleInScope } from './moduleQueries';
import { rowToModule } from './rowToModule';
import type {
  FindModulesOptions,
  FoundModules,
  ListModulesOptions,
  ModuleCarrier,
  ModuleId,
  ModuleInEnvironment,
  ModuleList,
  ModuleStore,
} from './types';

const ORDER: KeysetOrder = {
  name: 'module',
  columns: ['modules.name', 'modules.id'],
  types: ['string', 'string'],
  direction: 'asc',
};

const FOUND_ORDER: KeysetOrder = {
  name: 'found-module',
  columns: [
    'environments.stage_order',
    'environments.name',
    'environments.id',
    'modules.name',
    'modules.id',
  ],
  types: ['number', 'string', 'string', 'string', 'string'],
  direction: 'asc',
};

interface EnvironmentColumns {
  environment_name: string;
  environment_title: string | null;
  stage: string | null;
  managed: boolean | number;
}

const ENVIRONMENT_COLUMNS = {
  environment_name: 'environments.name',
  environment_title: 'environments.title',
  stage: 'environments.stage',
  managed: 'environments.managed',
};

export class DatabaseModuleStore implements ModuleStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseModuleStore {
    return new DatabaseModuleStore(options.knex);
  }

  async list(options: ListModulesOptions): Promise<ModuleList> {
    const { configRepo, environment, limit } = options;
    const where = { environment_id: environmentId(configRepo, environment) };
    const query = this.#knex('modules').where(where).select('modules.*');
    applyKeyset(query, ORDER, options.cursor);
    const [rows, total, connections] = await Promise.all([
      query.limit(limit + 1) as Promise<ModuleRow[]>,
      this.#knex('modules').where(where).count({ count: '*' }).first(),
      readConnections(this.#knex),
    ]);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(row => rowToModule(row, environment, connections)),
      nextCursor:
        rows.length > limit && last
          ? encodeCursor(ORDER, [last.name, last.id])
          : undefined,
      total: Number(total?.count ?? 0),
    };
  }

  async find(options: FindModulesOptions): Promise<FoundModules> {
    const { limit } = options;
    // Ordered by narrow columns; the wide rows are read for the page only.
    const query = this.#inScope(options.scope).select(
      ...FOUND_ORDER.columns.map((column, index) =>
        this.#knex.ref(column).as(`key${index}`),
      ),
    );
    whereModuleFiltered(query, options.filters);
    const counting = query.clone().clearSelect().count({ count: '*' }).first();
    applyKeyset(query, FOUND_ORDER, options.cursor);
    const [keys, total] = await Promise.all([
      query.limit(limit + 1) as Promise<Array<Record<string, string | number>>>,
      counting,
    ]);
    const page = keys
      .slice(0, limit)
      .map(key => FOUND_ORDER.columns.map((_, index) => key[`key${index}`]));
    const last = page.at(-1);
    return {
      items: await this.#readAll(page.map(key => String(key.at(-1)))),
      nextCursor:
        keys.length > limit && last
          ? encodeCursor(FOUND_ORDER, last)
          : undefined,
      total: Number(total?.count ?? 0),
    };
  }

  async facets(scope: EnvironmentScope): Promise<FoundModulePage['facets']> {
    const groups: Array<{
      config_repo: string;
      name: string;
      title: string | null;
      worst_health: string;
      worst_sync: string;
      worst_file_sync: string;
      count: number | string;
    }> = await this.#inScope(scope)
      .select(
        'environments.config_repo',
        'environments.name',
        'environments.title',
        'modules.worst_health',
        'modules.worst_sync',
        'modules.worst_file_sync',
      )
      .count({ count: '*' })
      .groupBy(
        'environments.stage_order',
        'environments.name',
        'environments.id',
        'environments.config_repo',
        'environments.title',
        'modules.worst_health',
        'modules.worst_sync',
        'modules.worst_file_sync',
      )
      .orderBy([
        'environments.stage_order',
        'environments.name',
        'environments.id',
      ]);
    const facets = {
      health: {} as Record<string, number>,
      sync: {} as Record<string, number>,
      fileSync: {} as Record<string, number>,
    };
    const environments = new Map<
      string,
      FoundModulePage['facets']['environments'][number]
    >();
    for (const group of groups) {
      const count = Number(group.count);
      add(facets.health, group.worst_health, count);
      add(facets.sync, group.worst_sync, count);
      add(facets.fileSync, group.worst_file_sync, count);
      environments.set(environmentId(group.config_repo, group.name), {
        configRepo: group.config_repo,
        name: group.name,
        title: group.title ?? undefined,
      });
    }
    return { ...facets, environments: [...environments.values()] };
  }

  async get(id: ModuleId): Promise<ModuleInEnvironment | undefined> {
    const [found] = await this.#readAll([
      moduleId(id.configRepo, id.environment, id.module),
    ]);
    return found;
  }

  async carriersOf(id: ModuleId): Promise<ModuleCarrier[]> {
    const rows: Array<{ id: string; count: number | string }> =
      await this.#knex('module_engine_objects as mine')
        .join('engine_objects', 'engine_objects.id', 'mine.engine_object_id')
        .join(
          'module_engine_objects as any',
          'any.engine_object_id',
          'mine.engine_object_id',
        )
        .where({
          'mine.module_id': moduleId(id.configRepo, id.environment, id.module),
          'engine_objects.removed': false,
        })
        .groupBy('engine_objects.id')
        .orderBy('engine_objects.id')
        .select('engine_objects.id')
        .count({ count: '*' });
    return rows.map(row => ({ id: row.id, modules: Number(row.count) }));
  }

  async carriersOfAll(
    configRepo: string,
    modules: ReadonlyArray<Omit<ModuleId, 'configRepo'>>,
  ): Promise<Map<string, string[]>> {
    const rows: Array<{ module_id: string; engine_object_id: string }> =
      await this.#knex('module_engine_objects')
        .join('engine_objects', 'engine_objects.id', 'engine_object_id')
        .whereIn(
          'module_id',
          modules.map(one => moduleId(configRepo, one.environment, one.module)),
        )
        .where({ removed: false })
        .orderBy('engine_object_id')
        .select('module_id', 'engine_object_id');
    const carriers = new Map<string, string[]>();
    for (const row of rows) {
      const ids = carriers.get(row.module_id);
      if (ids) ids.push(row.engine_object_id);
      else carriers.set(row.module_id, [row.engine_object_id]);
    }
    return carriers;
  }

  async environmentsOfCarriers(
    ids: readonly string[],
  ): Promise<Map<string, Array<{ configRepo: string; environment: string }>>> {
    const environments = new Map<
      string,
      Array<{ configRepo: string; environment: string }>
    >();
    for (const some of chunks([...ids])) {
      const rows: Array<{
        id: string;
        configRepo: string;
        environment: string;
      }> = await this.#knex('module_engine_objects')
        .join('modules', 'modules.id', 'module_engine_objects.module_id')
        .join('environments', 'environments.id', 'modules.environment_id')
        .whereIn('module_engine_objects.engine_object_id', some)
        .distinct({
          id: 'module_engine_objects.engine_object_id',
          configRepo: 'environments.config_repo',
          environment: 'environments.name',
        });
      for (const { id, ...one } of rows) {
        const known = environments.get(id) ?? [];
        known.push(one);
        environments.set(id, known);
      }
    }
    return environments;
  }

  async environmentsCarriedBy(
    refs: EngineObjectRef[],
  ): Promise<Array<{ configRepo: string; environment: string }>> {
    const carried = await this.environmentsOfCarriers(refs.map(engineObjectId));
    const all = [...carried.values()].flat();
    return [
      ...new Map(
        all.map(one => [`${one.configRepo}/${one.environment}`, one]),
      ).values(),
    ];
  }

  #inScope(scope: EnvironmentScope): Knex.QueryBuilder {
    const query = this.#knex('environments').join(
      'modules',
      'modules.environment_id',
      'environments.id',
    );
    whereModuleInScope(query, scope);
    return query;
  }

  /** In the order of the ids, without those that are not there. */
  async #readAll(ids: string[]): Promise<ModuleInEnvironment[]> {
    const [rows, connections] = await Promise.all([
      this.#knex('modules')
        .join('environments', 'environments.id', 'modules.environment_id')
        .whereIn('modules.id', ids)
        .select('modules.*', ENVIRONMENT_COLUMNS) as Promise<
        Array<ModuleRow & EnvironmentColumns>
      >,
      readConnections(this.#knex),
    ]);
    const byId = new Map(rows.map(row => [row.id, row]));
    return ids.flatMap(id => {
      const row = byId.get(id);
      return row
        ? {
            module: rowToModule(row, row.environment_name, connections),
            environmentTitle: row.environment_title ?? undefined,
            stage: row.stage ?? undefined,
            managed: Boolean(row.managed),
          }
        : [];
    });
  }
}

function add(counts: Record<string, number>, key: string, count: number): void {
  counts[key] = (counts[key] ?? 0) + count;
}
