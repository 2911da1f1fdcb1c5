import type { Knex } from 'knex';
import { nextSequence } from '../database/sequence';
import { chunks } from './chunks';
import { repoKeysOfRow, type EngineObjectRow } from './engineObjectRow';

/** Rows in one statement: SQLite takes 500 at once and 32,766 variables. */
const CHUNK = 100;
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
): Promise<boolean> {
  const visible = changed.length > 0 || removed.length > 0;
  const sequence = visible ? await nextSequence(tx) : 0;
  const rows = changed.map(({ row }) => ({ ...row, sequence }));
  for (const chunk of chunks([...rows, ...touched], CHUNK)) {
    await tx('engine_objects').insert(chunk).onConflict('id').merge();
  }
  for (const ids of chunks(removed, ID_CHUNK)) {
    await tx('engine_objects')
      .whereIn('id', ids)
      .update({ removed: true, resources: '[]', seen_at: at, sequence });
  }
  await writeSources(tx, changed);
  return visible;
}

async function writeSources(
  tx: Knex.Transaction,
  changed: EngineObjectWrites['changed'],
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
  for (const chunk of chunks(sources, CHUNK)) {
    await tx('engine_object_sources')
      .insert(chunk)
      .onConflict(['engine_object_id', 'repo_key'])
      .ignore();
  }
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
