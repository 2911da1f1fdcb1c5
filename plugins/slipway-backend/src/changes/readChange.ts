import type { Change } from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import { FileAccess } from '../files/FileAccess';
import type { EnvironmentAccess } from '../permissions';
import { DatabaseChangeStore } from './DatabaseChangeStore';
import { toChange } from './read/toChange';

/** A change as its author may see it. */
export async function readChange(
  knex: Knex,
  id: number,
  access: EnvironmentAccess,
): Promise<Change | undefined> {
  const change = await DatabaseChangeStore.create({ knex }).get(id);
  if (!change) return undefined;
  const of = (table: string) => knex(table).where({ change_id: id });
  return toChange(
    change,
    {
      files: await of('change_files').orderBy('position'),
      modules: await of('change_modules'),
      targets: await of('change_targets'),
    },
    await FileAccess.read(knex, change.configRepo, access),
  );
}
