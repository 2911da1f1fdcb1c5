import {
  asUnread,
  type UnreadKind,
} from '@slipway/backstage-plugin-slipway-node';
import type { Knex } from 'knex';
import { kindOfEngineObject } from './engineObjectId';
import {
  readEngineObjectRows,
  type EngineObjectWrites,
} from './writeEngineObjects';

/**
 * Tells what a full list did not name apart: what is gone, and what is of kinds that could not be read. The caller owns the transaction.
 *
 * @returns `changed`: rows of the latter that do not yet say so
 */
export async function sortUnlisted(
  tx: Knex.Transaction,
  options: { ids: string[]; unread: UnreadKind[]; at: string },
): Promise<{ gone: string[]; changed: EngineObjectWrites['changed'] }> {
  const { ids, unread, at } = options;
  const reasons = new Map(unread.map(({ kind, reason }) => [kind, reason]));
  const reasonOf = (id: string) => reasons.get(kindOfEngineObject(id) ?? '');
  const gone = ids.filter(id => !reasonOf(id));
  const kept = ids.filter(id => reasonOf(id));
  const changed: EngineObjectWrites['changed'] = [];
  for (const present of (await readEngineObjectRows(tx, kept)).values()) {
    const object = JSON.parse(present.data);
    const data = JSON.stringify(asUnread(object, reasonOf(present.id)!));
    if (data === present.data) continue;
    // Without a version: whatever is said of it next is news.
    const row = { ...present, data, resource_version: '', seen_at: at };
    changed.push({ row, present });
  }
  return { gone, changed };
}
