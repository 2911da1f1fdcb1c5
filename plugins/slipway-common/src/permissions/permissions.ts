import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Resource type of an environment. Its resource refs are those of {@link stringifyEnvironmentRef}.
 *
 * @public
 */
export const RESOURCE_TYPE_ENVIRONMENT = 'slipway-environment';

/**
 * Resource type of a config repo. Its resource ref is the config repo's name.
 *
 * @public
 */
export const RESOURCE_TYPE_CONFIG_REPO = 'slipway-config-repo';

/**
 * Shows Slipway's tabs and pages; what is in them is decided by the others.
 *
 * @public
 */
export const slipwayViewPermission = createPermission({
  name: 'slipway.view',
  attributes: { action: 'read' },
});

/**
 * Seeing an environment, its modules and their states.
 *
 * @public
 */
export const slipwayEnvironmentReadPermission = createPermission({
  name: 'slipway.environment.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/**
 * Telling the sync engine to sync now. Not a change: it delivers what the branch holds already.
 *
 * @public
 */
export const slipwayEnvironmentSyncPermission = createPermission({
  name: 'slipway.environment.sync',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/**
 * Seeing the content of an environment's files.
 *
 * @public
 */
export const slipwayFileReadPermission = createPermission({
  name: 'slipway.file.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/**
 * Asking for a change to an environment.
 *
 * @public
 */
export const slipwayChangeCreatePermission = createPermission({
  name: 'slipway.change.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/**
 * Deciding on a change. Whether the decision counts for a role is the approval rules' to say.
 *
 * @public
 */
export const slipwayChangeApprovePermission = createPermission({
  name: 'slipway.change.approve',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/**
 * Carrying out a change that the gate lets through.
 *
 * @public
 */
export const slipwayChangeExecutePermission = createPermission({
  name: 'slipway.change.execute',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/**
 * Carrying out a change that the gate does not let through, with a reason.
 *
 * @public
 */
export const slipwayChangeOverridePermission = createPermission({
  name: 'slipway.change.override',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/**
 * Handing in a delivery, as a pipeline does: the branch rules decide where it goes.
 *
 * @public
 */
export const slipwayDeliveryCreatePermission = createPermission({
  name: 'slipway.delivery.create',
  attributes: { action: 'create' },
});

/**
 * Administering a config repo, such as looking at its remote now.
 *
 * @public
 */
export const slipwayConfigRepoAdminPermission = createPermission({
  name: 'slipway.config-repo.admin',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CONFIG_REPO,
});

/**
 * Those whose resource is an environment.
 *
 * @public
 */
export const slipwayEnvironmentPermissions = [
  slipwayEnvironmentReadPermission,
  slipwayEnvironmentSyncPermission,
  slipwayFileReadPermission,
  slipwayChangeCreatePermission,
  slipwayChangeApprovePermission,
  slipwayChangeExecutePermission,
  slipwayChangeOverridePermission,
];

/**
 * Every permission of Slipway.
 *
 * @public
 */
export const slipwayPermissions = [
  slipwayViewPermission,
  ...slipwayEnvironmentPermissions,
  slipwayDeliveryCreatePermission,
  slipwayConfigRepoAdminPermission,
];
