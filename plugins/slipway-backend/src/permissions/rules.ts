import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_ENVIRONMENT } from '@slipway/backstage-plugin-slipway-common';
import { z } from 'zod';
import type { EnvironmentFilter, EnvironmentResource } from './types';

/**
 * Environments as a resource of the permission system; a resource ref is `<config repo>/<environment>`.
 *
 * @public
 */
export const slipwayEnvironmentResourceRef = createPermissionResourceRef<
  EnvironmentResource,
  EnvironmentFilter
>().with({
  pluginId: 'slipway',
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

const inConfigRepo = createPermissionRule({
  name: 'IN_CONFIG_REPO',
  description: 'Allow environments of these config repos',
  resourceRef: slipwayEnvironmentResourceRef,
  paramsSchema: z.object({
    configRepos: z.array(z.string()).describe('Names of config repos'),
  }),
  apply: (environment, { configRepos }) =>
    configRepos.includes(environment.configRepo),
  toQuery: ({ configRepos }) => ({ type: 'configRepo', names: configRepos }),
});

const hasStage = createPermissionRule({
  name: 'HAS_STAGE',
  description: 'Allow environments of these stages',
  resourceRef: slipwayEnvironmentResourceRef,
  paramsSchema: z.object({
    stages: z.array(z.string()).describe('Stages, such as dev or live'),
  }),
  apply: (environment, { stages }) =>
    environment.stage !== undefined && stages.includes(environment.stage),
  toQuery: ({ stages }) => ({ type: 'stage', stages }),
});

const onCluster = createPermissionRule({
  name: 'ON_CLUSTER',
  description: 'Allow environments all of whose targets are on these clusters',
  resourceRef: slipwayEnvironmentResourceRef,
  paramsSchema: z.object({
    clusters: z.array(z.string()).describe('Names of clusters'),
  }),
  apply: (environment, { clusters }) =>
    environment.clusters.length > 0 &&
    environment.clusters.every(cluster => clusters.includes(cluster)),
  toQuery: ({ clusters }) => ({ type: 'cluster', names: clusters }),
});

const isOwner = createPermissionRule({
  name: 'IS_OWNER',
  description:
    'Allow environments that one of these entities owns, by the environment or by its config repo',
  resourceRef: slipwayEnvironmentResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity refs, usually those that the user claims ownership by'),
  }),
  apply: (environment, { claims }) =>
    environment.owner !== undefined && claims.includes(environment.owner),
  toQuery: ({ claims }) => ({ type: 'owner', claims }),
});

/**
 * Rules for policies on environments.
 *
 * @public
 */
export const slipwayEnvironmentRules = {
  inConfigRepo,
  hasStage,
  onCluster,
  isOwner,
};

const conditionExports = createConditionExports({
  resourceRef: slipwayEnvironmentResourceRef,
  rules: slipwayEnvironmentRules,
});

/**
 * Conditions for policies on environments.
 *
 * @public
 */
export const slipwayEnvironmentConditions = conditionExports.conditions;

/**
 * Answers a permission on environments with conditions.
 *
 * @public
 */
export const createSlipwayEnvironmentConditionalDecision =
  conditionExports.createConditionalDecision;
