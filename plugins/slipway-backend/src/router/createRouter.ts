import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { ClusterConfig } from '@slipway/backstage-plugin-slipway-node';
import type express from 'express';
import Router from 'express-promise-router';
import type { Knex } from 'knex';
import type { EntityScopeReader } from '../catalog/EntityScopeReader';
import type { AuthorReader, ChangeService } from '../changes';
import type { ChangeReader } from '../changes/read/ChangeReader';
import type { EnvironmentComparer } from '../comparison/EnvironmentComparer';
import type { ConfigRepoReader } from '../configRepos/ConfigRepoReader';
import type { ConfigRepoService } from '../configRepos/ConfigRepoService';
import type { ConfigRepoStore } from '../configRepos/ConfigRepoStore';
import type { DeploymentReader } from '../deployments';
import type { EngineObjectStore } from '../engineObjects';
import type { EnvironmentStore } from '../environments/types';
import type { FileService } from '../files/FileService';
import type { LiveService } from '../live';
import type { ModuleOperator } from '../modules/ModuleOperator';
import type { ModuleService } from '../modules/ModuleService';
import type { ModuleStore } from '../modules/types';
import type { EnvironmentAuthorizer } from '../permissions';
import { createOpenApiRouter } from '../schema/openapi';
import type { ClusterSchemas } from '../schemas';
import { addChangeReadRoutes } from './changeReadRoutes';
import { addChangeWriteRoutes } from './changeWriteRoutes';
import { addClusterRoutes } from './clusterRoutes';
import { addComparisonRoutes } from './comparisonRoutes';
import { addConfigRepoRoutes } from './configRepoRoutes';
import { addDeploymentRoutes } from './deploymentRoutes';
import { addEnvironmentRoutes } from './environmentRoutes';
import { addFileRoutes } from './fileRoutes';
import { addLiveRoutes } from './liveRoutes';
import { addModuleOperationRoutes } from './moduleOperationRoutes';
import { addModuleRoutes } from './moduleRoutes';
import { addSchemaRoutes } from './schemaRoutes';
import { jsonBodies } from './jsonBodies';

export interface RouterOptions {
  auditor: AuditorService;
  authorizer: EnvironmentAuthorizer;
  authors: AuthorReader;
  changes: ChangeService;
  changeReader: ChangeReader;
  clusters: ClusterConfig[];
  clusterSchemas: ClusterSchemas;
  comparer: EnvironmentComparer;
  configRepos: ConfigRepoStore;
  configRepoReader: ConfigRepoReader;
  configRepoService: ConfigRepoService;
  currentSequence: () => Promise<number>;
  deployments: DeploymentReader;
  engineObjects: EngineObjectStore;
  entityScopes: EntityScopeReader;
  environments: EnvironmentStore;
  files: FileService;
  httpAuth: HttpAuthService;
  knex: Knex;
  live: LiveService;
  modules: ModuleStore;
  moduleOperator: ModuleOperator;
  moduleService: ModuleService;
}

/** A router that validates every request against the OpenAPI description. */
export type ApiRouter = Awaited<ReturnType<typeof createOpenApiRouter>>;

/** Everything under `/api/slipway`: parses, authorises with the caller's credentials, and hands on. */
export async function createRouter(
  options: RouterOptions,
): Promise<express.Router> {
  const api = await createOpenApiRouter();
  addConfigRepoRoutes(api, options);
  addEnvironmentRoutes(api, options);
  addComparisonRoutes(api, options);
  addModuleRoutes(api, options);
  addLiveRoutes(api, options);
  addModuleOperationRoutes(api, options);
  addDeploymentRoutes(api, options);
  addFileRoutes(api, options);
  addChangeWriteRoutes(api, options);
  addChangeReadRoutes(api, options);
  addClusterRoutes(api, options);
  addSchemaRoutes(api, options);
  const router = Router();
  // Ahead of the validator, which calls whatever goes wrong in it a mistake in the request's form.
  router.use(jsonBodies());
  router.use(api);
  return router;
}
