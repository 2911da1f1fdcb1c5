import {
  foldModuleStates,
  type ModuleCounts,
} from '@slipway/backstage-plugin-slipway-common';
import type { ConfigRepoRecord } from '../configRepos/types';
import { storable } from '../database/storable';
import type { EnvironmentRecord, ModuleRecord } from './projectEnvironment';

/** Order of deploy states on a page sorted by them: what needs a person first. */
const DEPLOY_ORDER = [
  'Failed',
  'Unknown',
  'Deploying',
  'PartlyDeployed',
  'NotDeployed',
  'Deployed',
];

/** Of columns that say nothing else. */
const LONGEST_TEXT = 255;
const LONGEST_PATH = 1000;
const LONGEST_MODULE_VERSION = 1000;

/** The `environments` table, but for the times and the sequence that the writer adds. */
export interface EnvironmentRow {
  id: string;
  config_repo: string;
  name: string;
  managed: boolean;
  title: string | null;
  description: string | null;
  stage: string | null;
  stage_order: number;
  path: string;
  owner: string | null;
  search_text: string;
  files: number | null;
  deploy_state: string;
  deploy_order: number;
  deploy_reason: string | null;
  module_total: number;
  module_counts: string;
  version: string | null;
  last_change: string | null;
  engine_objects: string;
  findings: string;
}

/** The `modules` table, but for the sequence that the writer adds. */
export interface ModuleRow {
  id: string;
  environment_id: string;
  config_repo: string;
  name: string;
  title: string | null;
  description: string | null;
  owner: string | null;
  entity_ref: string | null;
  path: string;
  object_id: string | null;
  images: string;
  last_change: string | null;
  states: string;
  worst_health: string;
  worst_sync: string;
  worst_file_sync: string;
  version: string | null;
  search_text: string;
}

export function moduleId(
  configRepo: string,
  environment: string,
  module: string,
): string {
  return `${environmentId(configRepo, environment)}/${module}`;
}

/** Also the permission system's resource ref of an environment. */
export function environmentId(configRepo: string, environment: string): string {
  return `${configRepo}/${environment}`;
}

export function environmentRow(
  configRepo: string,
  record: EnvironmentRecord,
): EnvironmentRow {
  const { model } = record;
  return {
    id: environmentId(configRepo, model.name),
    config_repo: configRepo,
    name: model.name,
    managed: model.managed,
    title: text(model.title),
    description: longText(model.description),
    stage: text(model.stage),
    stage_order: record.stageOrder,
    // To show: what it leads to has paths of its own
    path: storable(model.path, LONGEST_PATH),
    owner: entityRef(model.owner),
    search_text: searchText([
      model.name,
      model.title,
      model.path,
      model.description,
    ]),
    files: model.files ?? null,
    deploy_state: record.deploy.state,
    deploy_order: DEPLOY_ORDER.indexOf(record.deploy.state),
    deploy_reason: json(record.deploy.reason),
    module_total: record.modules.length,
    module_counts: JSON.stringify(record.counts satisfies ModuleCounts),
    version: text(record.version),
    last_change: json(record.lastChange),
    engine_objects: JSON.stringify(record.engineObjects),
    findings: JSON.stringify(record.findings),
  };
}

export function moduleRow(
  configRepo: string,
  environment: string,
  record: ModuleRecord,
): ModuleRow {
  const { model } = record;
  const environmentRowId = environmentId(configRepo, environment);
  const worst = foldModuleStates(record.states);
  return {
    id: moduleId(configRepo, environment, model.name),
    environment_id: environmentRowId,
    config_repo: configRepo,
    name: model.name,
    title: text(model.title),
    description: longText(model.description),
    owner: entityRef(model.owner),
    entity_ref: entityRef(model.entityRef),
    path: model.path,
    object_id: model.objectId ?? null,
    images: JSON.stringify(record.images),
    last_change: json(record.lastChange),
    states: JSON.stringify(record.states),
    worst_health: worst.health.state,
    worst_sync: worst.sync.state,
    worst_file_sync: worst.fileSync.state,
    version: text(record.version, LONGEST_MODULE_VERSION),
    search_text: searchText([
      model.name,
      model.title,
      model.path,
      model.description,
      ...record.images,
    ]),
  };
}

/** The columns that change with what is known of a config repo. */
export function configRepoRow({ status, content }: ConfigRepoRecord) {
  return {
    state: status.state,
    reason:
      status.state === 'Successful' ? null : JSON.stringify(status.reason),
    ...(content && {
      title: text(content.title),
      owner: entityRef(content.owner),
      stages: JSON.stringify(content.stages),
      head: JSON.stringify(content.head),
      findings: JSON.stringify(content.findings),
    }),
  };
}

export function targetRows(configRepo: string, record: EnvironmentRecord) {
  const id = environmentId(configRepo, record.model.name);
  const rows = record.targets.map((target, position) => ({
    environment_id: id,
    position,
    cluster: target.cluster,
    namespace: target.namespace,
    engine_cluster: target.engineCluster ?? null,
    engine: target.engine ?? null,
  }));
  return { id, rows };
}

function searchText(parts: Array<string | undefined>): string {
  return storable(parts.join('\n')).toLowerCase();
}

function text(
  value: string | undefined,
  longest = LONGEST_TEXT,
): string | null {
  return value === undefined ? null : storable(value, longest);
}

function longText(value: string | undefined): string | null {
  return value === undefined ? null : storable(value);
}

/** One that is too long names nothing that the catalog can hold; cut it would name something else. */
function entityRef(value: string | undefined): string | null {
  return value === undefined || value.length > LONGEST_TEXT
    ? null
    : storable(value);
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
