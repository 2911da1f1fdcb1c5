import type { Module } from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import { chunks } from '../../database/chunks';
import { rowToModule } from '../../modules/rowToModule';
import { readConnections } from '../../status/Connections';
import type { ModuleRow } from '../../status/rows';

/** Modules as the read model has them, by id, with the age of what engines said of them. */
export async function readModules(
  knex: Knex,
  ids: readonly string[],
): Promise<Map<string, Module>> {
  const connections = await readConnections(knex);
  const modules = new Map<string, Module>();
  for (const some of chunks([...ids])) {
    const rows: Array<ModuleRow & { environment: string }> = await knex(
      'modules',
    )
      .join('environments', 'environments.id', 'modules.environment_id')
      .whereIn('modules.id', some)
      .select('modules.*', { environment: 'environments.name' });
    for (const row of rows) {
      modules.set(row.id, rowToModule(row, row.environment, connections));
    }
  }
  return modules;
}
