import type {
  Module,
  ModuleState,
} from '@slipway/backstage-plugin-slipway-common';
import { fromJson } from '../database/json';
import type { Connections } from '../status/Connections';
import type { ModuleRow } from '../status/rows';

export function rowToModule(
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
    version: row.version ?? undefined,
    lastChange: fromJson(row.last_change),
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
