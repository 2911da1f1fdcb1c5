import type {
  DeployState,
  Environment,
  Target,
} from '@slipway/backstage-plugin-slipway-common';
import { fromJson } from '../database/json';
import type { Connections } from '../status/Connections';
import type { EnvironmentRow } from '../status/rows';

export interface StoredEnvironmentRow extends EnvironmentRow {
  deploy_since: string | null;
  sequence: number | string;
}

export interface TargetRow {
  environment_id: string;
  cluster: string;
  namespace: string;
  engine_cluster: string | null;
  engine: string | null;
}

export interface RowToEnvironmentContext {
  connections: Connections;
  clusterTitles: Map<string, string>;
}

export function rowToEnvironment(
  row: StoredEnvironmentRow,
  targetRows: TargetRow[],
  context: RowToEnvironmentContext,
): Environment {
  const targets = targetRows.map((target): Target => {
    const { connection, heardAt } = context.connections.find(
      target.engine_cluster ?? target.cluster,
      target.engine ?? undefined,
    );
    return {
      cluster: target.cluster,
      clusterTitle: context.clusterTitles.get(target.cluster),
      namespace: target.namespace,
      connection,
      asOf: heardAt,
    };
  });
  return {
    configRepo: row.config_repo,
    name: row.name,
    title: row.title ?? undefined,
    description: row.description ?? undefined,
    stage: row.stage ?? undefined,
    path: row.path,
    owner: row.owner ?? undefined,
    managed: Boolean(row.managed),
    targets,
    deployStatus: {
      state: row.deploy_state as DeployState,
      since: row.deploy_since ?? undefined,
      reason: fromJson(row.deploy_reason),
    },
    modules: JSON.parse(row.module_counts),
    version: row.version ?? undefined,
    asOf: targets
      .flatMap(target => target.asOf ?? [])
      .sort()
      .at(0),
    lastChange: fromJson(row.last_change),
    files: row.files ?? undefined,
    engineObjects: JSON.parse(row.engine_objects),
    findings: JSON.parse(row.findings),
  };
}
