import { fromJson } from '../database/json';
import type { NewDeployment, StoredDeployment } from './types';

export interface DeploymentRow {
  id: number;
  config_repo: string;
  environment: string;
  module: string;
  cluster: string;
  namespace: string;
  engine_object_id: string;
  engine_object: string;
  started_at: string;
  finished_at: string | null;
  phase: StoredDeployment['phase'];
  message: string | null;
  initiated_by: string | null;
  revision: string | null;
  module_commit: string | null;
  images: string | null;
  sequence: number | string;
}

const LONGEST_NAME = 255;

export function deploymentToRow(
  configRepo: string,
  deployment: NewDeployment,
): Omit<DeploymentRow, 'id' | 'sequence'> {
  return {
    config_repo: configRepo,
    environment: deployment.environment,
    module: deployment.module,
    cluster: deployment.cluster.slice(0, LONGEST_NAME),
    namespace: deployment.namespace.slice(0, LONGEST_NAME),
    engine_object_id: deployment.engineObjectId,
    engine_object: JSON.stringify(deployment.engineObject),
    started_at: deployment.startedAt,
    ...progressOf(deployment),
  };
}

/** What may differ when the engine tells more of the same operation. */
export function progressOf(deployment: NewDeployment) {
  return {
    finished_at: deployment.finishedAt ?? null,
    phase: deployment.phase,
    message: deployment.message ?? null,
    initiated_by: deployment.initiatedBy ?? null,
    revision: deployment.revision?.slice(0, LONGEST_NAME) ?? null,
    module_commit: deployment.moduleCommit ?? null,
    images: deployment.images ? JSON.stringify(deployment.images) : null,
  };
}

export function rowToDeployment(row: DeploymentRow): StoredDeployment {
  return {
    id: row.id,
    environment: row.environment,
    module: row.module,
    cluster: row.cluster,
    namespace: row.namespace,
    engineObjectId: row.engine_object_id,
    engineObject: JSON.parse(row.engine_object),
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
    phase: row.phase,
    message: row.message ?? undefined,
    initiatedBy: row.initiated_by ?? undefined,
    revision: row.revision ?? undefined,
    moduleCommit: row.module_commit ?? undefined,
    images: fromJson(row.images),
  };
}
