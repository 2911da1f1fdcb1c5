import type { ChangeSummary } from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import { FileAccess } from '../../files/FileAccess';
import type { EnvironmentAccess } from '../../permissions';
import type { StoredChange } from '../types';
import {
  isReadableFile,
  readableModules,
  toChangeSummary,
  type ChangeFileRow,
  type ChangeModuleRow,
} from './toChange';

/** The changes of a page, with the modules and the number of files that the caller may read; in a fixed number of queries. */
export async function readSummaries(
  knex: Knex,
  changes: readonly StoredChange[],
  access: EnvironmentAccess,
): Promise<ChangeSummary[]> {
  const ids = changes.map(change => change.id);
  const configRepos = [...new Set(changes.map(change => change.configRepo))];
  const [accesses, rows] = await Promise.all([
    FileAccess.readAll(knex, configRepos, access),
    knex('change_modules')
      .whereIn('change_id', ids)
      .orderBy(['change_id', 'environment', 'module'])
      .select('change_id', 'environment', 'module') as Promise<
      ChangeModuleRow[]
    >,
  ]);
  const read = changes.map(change => {
    const touched = rows.filter(row => row.change_id === change.id);
    const mayRead = accesses.get(change.configRepo)!;
    const readable = readableModules(touched, mayRead);
    const whole = mayRead.any && readable.length === touched.length;
    return { change, mayRead, readable, whole };
  });
  const counts = await countFiles(
    knex,
    read.filter(one => one.whole).map(one => one.change.id),
  );
  const partly = await readFiles(
    knex,
    read.filter(one => !one.whole).map(one => one.change.id),
  );
  return read.map(({ change, mayRead, readable, whole }) =>
    toChangeSummary(change, {
      modules: readable,
      whole,
      files: whole
        ? counts.get(change.id) ?? 0
        : partly.filter(
            file =>
              file.change_id === change.id && isReadableFile(file, mayRead),
          ).length,
    }),
  );
}

async function countFiles(
  knex: Knex,
  ids: number[],
): Promise<Map<number, number>> {
  const rows: Array<{ change_id: number; count: number | string }> = await knex(
    'change_files',
  )
    .whereIn('change_id', ids)
    .groupBy('change_id')
    .select('change_id')
    .count({ count: '*' });
  return new Map(rows.map(row => [row.change_id, Number(row.count)]));
}

async function readFiles(
  knex: Knex,
  ids: number[],
): Promise<Array<Pick<ChangeFileRow, 'change_id' | 'places'>>> {
  return knex('change_files')
    .whereIn('change_id', ids)
    .select('change_id', 'places');
}
