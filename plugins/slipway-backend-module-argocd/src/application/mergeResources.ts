import {
  type EngineResource,
  fields,
  type Fields,
  message,
  oneOf,
  rows,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import { HEALTH_STATES } from './states';

/**
 * The resource table: every row of the last sync result, in the order in which Argo CD applied them, with what is known
 * of the resource now, then the resources that the sync did not touch (it may have been a partial one).
 *
 * @param synced - `status.operationState.syncResult.resources`
 * @param present - `status.resources`
 * @param runs - whether that sync is under way
 */
export function mergeResources(
  synced: unknown,
  present: unknown,
  runs = false,
): EngineResource[] {
  const presentByKey = new Map(rows(present).map(row => [keyOf(row), row]));
  const merged: EngineResource[] = [];
  const touched = new Set<string>();
  for (const row of rows(synced)) {
    const key = keyOf(row);
    // One hook may run in several phases, and has a row for each.
    touched.add(key);
    merged.push(toResource(row, presentByKey.get(key), runs));
  }
  for (const [key, row] of presentByKey) {
    if (!touched.has(key)) {
      merged.push(toResource(undefined, row, runs));
    }
  }
  return merged.filter(({ kind, name }) => kind !== '' && name !== '');
}

function keyOf({ group, kind, namespace, name }: Fields): string {
  return [group, kind, namespace, name].map(part => text(part) ?? '').join('/');
}

function toResource(
  synced: Fields | undefined,
  present: Fields | undefined,
  runs: boolean,
): EngineResource {
  const row = { ...present, ...synced };
  const isHook = text(synced?.hookType) !== undefined || present?.hook === true;
  return {
    group: text(row.group) ?? '',
    version: text(row.version),
    kind: text(row.kind) ?? '',
    namespace: text(row.namespace) ?? '',
    name: text(row.name) ?? '',
    status: statusOf(text(synced?.status), text(present?.status)),
    health: oneOf(HEALTH_STATES, fields(present?.health).status),
    // Plain rows have a phase too, but no type.
    hookType: text(synced?.hookType),
    hookPhase: phaseOf(fields(synced), runs),
    syncPhase: text(synced?.syncPhase),
    message: message(synced?.message),
    requiresPruning:
      !isHook && present && needsPruning(present) ? true : undefined,
  };
}

/** Argo CD marks whatever is not among the manifests: hooks, and all that there is while it cannot generate any. */
function needsPruning({ requiresPruning, status }: Fields): boolean {
  return requiresPruning === true && status !== 'Unknown';
}

/** Plain rows stay `Running` when the sync has ended, as Argo CD only waits for what others come after. */
function phaseOf(
  { hookType, hookPhase }: Fields,
  runs: boolean,
): string | undefined {
  const isLeftOver = !runs && !text(hookType) && hookPhase === 'Running';
  return isLeftOver ? undefined : text(hookPhase);
}

/** What is now, except that a failure which still stands says more than that the resource is out of sync. */
function statusOf(
  synced: string | undefined,
  present: string | undefined,
): string | undefined {
  const failed = synced === 'SyncFailed' || synced === 'PruneSkipped';
  return failed && present !== 'Synced' ? synced : present ?? synced;
}
