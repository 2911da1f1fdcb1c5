import type { SyncEngineConnection } from '@slipway/backstage-plugin-slipway-node';
import { fromJson } from '../database/json';
import { storable } from '../database/storable';
import type { ClusterEngineStatus } from './types';

/** What clusters say of their version is foreign, and so is that of an image. */
const LONGEST_VERSION = 255;

export interface ClusterEngineRow {
  cluster: string;
  engine: string;
  connection: SyncEngineConnection['state'];
  since: string;
  reason?: string | null;
  heard_at?: string | null;
  engine_version?: string | null;
  engine_version_reason?: string | null;
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
    engineVersionReason: fromJson(row.engine_version_reason ?? null),
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
  const engine = engineVersionOf(present, connected);
  const kubernetesVersion =
    storedVersion(connected?.kubernetesVersion) ?? present?.kubernetes_version;
  const sameState = present?.connection === state.state;
  if (
    sameState &&
    presentReason === reason &&
    (present.engine_version ?? null) === engine.engine_version &&
    (present.engine_version_reason ?? null) === engine.engine_version_reason &&
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
    ...engine,
    kubernetes_version: kubernetesVersion ?? null,
  };
}

/** What was known stays while nothing is said of it. */
function engineVersionOf(
  present: ClusterEngineRow | undefined,
  connected: (SyncEngineConnection & { state: 'Connected' }) | undefined,
) {
  const { engineVersion, engineVersionReason: reason } = connected ?? {};
  return engineVersion || reason
    ? {
        engine_version: storedVersion(engineVersion) ?? null,
        engine_version_reason: reason ? JSON.stringify(reason) : null,
      }
    : {
        engine_version: present?.engine_version ?? null,
        engine_version_reason: present?.engine_version_reason ?? null,
      };
}

function storedVersion(version: string | undefined): string | undefined {
  return version && storable(version, LONGEST_VERSION);
}
