import type { Knex } from 'knex';
import type { RefusedRows } from '../database/RefusedRows';
import { nextSequence } from '../database/sequence';
import { writeRows } from '../database/writeRows';
import { chunks } from './chunks';
import { repoKeysOfRow, type EngineObjectRow } from './engineObjectRow';

/** Ids in one statement: SQLite takes 32,766 variables. */
const ID_CHUNK = 500;

export interface EngineObjectWrites {
  /** Rows that changed visibly, with the row that was there. */
  changed: Array<{ row: EngineObjectRow; present?: EngineObjectRow }>;
  /** Rows of which only the version moved. */
  touched: EngineObjectRow[];
  /** Ids of objects that are gone. */
  removed: string[];
  at: string;
}

/**
 * Writes engine objects and which repositories they read, under one sequence, which it takes only when something shows.
 * The caller owns the transaction and has asserted its fence.
 */
export async function writeEngineObjects(
  tx: Knex.Transaction,
  { changed, touched, removed, at }: EngineObjectWrites,
  refused: RefusedRows,
): Promise<boolean> {
  const visible = changed.length > 0 || removed.length > 0;
  const sequence = visible ? await nextSequence(tx) : 0;
  const rows = changed.map(({ row }) => ({ ...row, sequence }));
  const leftOut = new Set<string>();
  await writeRows(tx, [...rows, ...touched], {
    write: (savepoint, some) =>
      savepoint('engine_objects').insert(some).onConflict('id').merge(),
    onRefused: ({ id }, error) => {
      leftOut.add(id);
      refused.tell(`Engine object '${id}'`, error);
    },
  });
  for (const ids of chunks(removed, ID_CHUNK)) {
    await tx('engine_objects')
      .whereIn('id', ids)
      .update({ removed: true, resources: '[]', seen_at: at, sequence });
  }
  const written = changed.filter(({ row }) => !leftOut.has(row.id));
  await writeSources(tx, written, refused);
  return visible;
}

async function writeSources(
  tx: Knex.Transaction,
  changed: EngineObjectWrites['changed'],
  refused: RefusedRows,
): Promise<void> {
  const outdated: string[] = [];
  const sources: Array<{ engine_object_id: string; repo_key: string }> = [];
  for (const { row, present } of changed) {
    const keys = repoKeysOfRow(row);
    if (present) {
      if (keys.join('\n') === repoKeysOfRow(present).join('\n')) continue;
      outdated.push(row.id);
    }
    for (const key of keys) {
      sources.push({ engine_object_id: row.id, repo_key: key });
    }
  }
  for (const ids of chunks(outdated, ID_CHUNK)) {
    await tx('engine_object_sources').whereIn('engine_object_id', ids).delete();
  }
  await writeRows(tx, sources, {
    write: (savepoint, some) =>
      savepoint('engine_object_sources')
        .insert(some)
        .onConflict(['engine_object_id', 'repo_key'])
        .ignore(),
    onRefused: ({ engine_object_id }, error) =>
      refused.tell(`A repository of '${engine_object_id}'`, error),
  });
}

/** Reads rows in full, by id. */
export async function readEngineObjectRows(
  knex: Knex | Knex.Transaction,
  ids: string[],
): Promise<Map<string, EngineObjectRow>> {
  const rows = new Map<string, EngineObjectRow>();
  for (const chunk of chunks(ids, ID_CHUNK)) {
    for (const row of await knex<EngineObjectRow>('engine_objects')
      .whereIn('id', chunk)
      .select('*')) {
      rows.set(row.id, row as EngineObjectRow);
    }
  }
  return rows;
}
