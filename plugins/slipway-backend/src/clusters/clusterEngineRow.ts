import type { SyncEngineConnection } from '@slipway/backstage-plugin-slipway-node';
import type { ClusterEngineStatus } from './types';

export interface ClusterEngineRow {
  cluster: string;
  engine: string;
  connection: SyncEngineConnection['state'];
  since: string;
  reason?: string | null;
  heard_at?: string | null;
  engine_version?: string | null;
  kubernetes_version?: string | null;
  lag_milliseconds?: number | null;
  fence: number | string;
  sequence: number | string;
}

export function rowToClusterEngine(row: ClusterEngineRow): ClusterEngineStatus {
  return {
    cluster: row.cluster,
    engine: row.engine,
    connection: row.connection,
    since: row.since,
    reason: row.reason ? JSON.parse(row.reason) : undefined,
    heardAt: row.heard_at ?? undefined,
    engineVersion: row.engine_version ?? undefined,
    kubernetesVersion: row.kubernetes_version ?? undefined,
    lagMilliseconds: row.lag_milliseconds ?? undefined,
    sequence: Number(row.sequence),
  };
}

/**
 * What a connection state makes of the row that is there; `undefined` when nothing that shows differs.
 *
 * A cluster that cannot be reached stays so, since when it was, while attempts to reach it go on.
 */
export function mergeConnection(
  present: ClusterEngineRow | undefined,
  state: SyncEngineConnection,
  at: string,
):
  | Omit<
      ClusterEngineRow,
      'cluster' | 'engine' | 'fence' | 'sequence' | 'lag_milliseconds'
    >
  | undefined {
  const presentReason = present?.reason ?? undefined;
  if (
    state.state === 'Connecting' &&
    present?.connection === 'Unreachable' &&
    !presentReason?.includes('"engineNotInstalled"')
  ) {
    return undefined;
  }
  const connected = state.state === 'Connected' ? state : undefined;
  const reason =
    'reason' in state && state.reason
      ? JSON.stringify(state.reason)
      : undefined;
  const engineVersion = connected?.engineVersion ?? present?.engine_version;
  const kubernetesVersion =
    connected?.kubernetesVersion ?? present?.kubernetes_version;
  const sameState = present?.connection === state.state;
  if (
    sameState &&
    presentReason === reason &&
    present?.engine_version === engineVersion &&
    present?.kubernetes_version === kubernetesVersion
  ) {
    return undefined;
  }
  return {
    connection: state.state,
    since: sameState ? present.since : at,
    // Columns that an upsert is to clear must be named
    reason: reason ?? null,
    heard_at: (connected ? at : present?.heard_at) ?? null,
    engine_version: engineVersion ?? null,
    kubernetes_version: kubernetesVersion ?? null,
  };
}
