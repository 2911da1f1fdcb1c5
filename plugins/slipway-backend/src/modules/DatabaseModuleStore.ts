import type {
  Module,
  ModuleState,
} from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import {
  applyKeyset,
  encodeCursor,
  type KeysetOrder,
} from '../database/keyset';
import { readConnections, type Connections } from '../status/Connections';
import { environmentId, type ModuleRow } from '../status/rows';
import type { ListModulesOptions, ModuleList, ModuleStore } from './types';

const ORDER: KeysetOrder = {
  name: 'module',
  columns: ['modules.name', 'modules.id'],
  types: ['string', 'string'],
  direction: 'asc',
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
}

function rowToModule(
  row: ModuleRow,
  environment: string,
  connections: Connections,
): Module {
  return {
    configRepo: row.config_repo,
    environment,
    name: row.name,
    title: row.title ?? undefined,
    description: row.description ?? undefined,
    owner: row.owner ?? undefined,
    entityRef: row.entity_ref ?? undefined,
    path: row.path,
    images: JSON.parse(row.images),
    states: (JSON.parse(row.states) as ModuleState[]).map(state =>
      withAge(state, connections),
    ),
  };
}

/** What an engine said holds as of when that engine was last heard. */
function withAge(state: ModuleState, connections: Connections): ModuleState {
  const { connection, heardAt } = connections.worst(
    state.engineObjects.length ? state.engineObjects : [state],
  );
  return { ...state, stale: connection !== 'Connected', asOf: heardAt };
}
