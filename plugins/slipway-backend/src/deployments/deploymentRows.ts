import { fromJson } from '../database/json';
import { storable } from '../database/storable';
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
const LONGEST_INITIATOR = 500;

export function deploymentToRow(
  configRepo: string,
  deployment: NewDeployment,
): Omit<DeploymentRow, 'id' | 'sequence'> {
  return {
    config_repo: configRepo,
    environment: deployment.environment,
    module: deployment.module,
    cluster: storable(deployment.cluster, LONGEST_NAME),
    namespace: storable(deployment.namespace, LONGEST_NAME),
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
    message: text(deployment.message),
    initiated_by: text(deployment.initiatedBy, LONGEST_INITIATOR),
    revision: text(deployment.revision, LONGEST_NAME),
    module_commit: deployment.moduleCommit ?? null,
    images: deployment.images ? JSON.stringify(deployment.images) : null,
  };
}

function text(value: string | undefined, longest?: number): string | null {
  return value === undefined ? null : storable(value, longest);
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
