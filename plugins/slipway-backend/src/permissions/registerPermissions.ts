import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  isResourcePermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  parseEnvironmentRef,
  SLIPWAY_ENVIRONMENT_RESOURCE_TYPE,
  slipwayPermissions,
} from '@slipway/backstage-plugin-slipway-common';
import type { EnvironmentResourceReader } from './types';
import {
  slipwayEnvironmentResourceRef,
  slipwayEnvironmentRules,
} from './rules';

/** Makes Slipway's permissions and rules known to policies. */
export function registerPermissions(options: {
  permissionsRegistry: PermissionsRegistryService;
  environments: EnvironmentResourceReader;
}): void {
  const { permissionsRegistry, environments } = options;
  const onEnvironments = slipwayPermissions.filter(
    (permission): permission is ResourcePermission =>
      isResourcePermission(permission, SLIPWAY_ENVIRONMENT_RESOURCE_TYPE),
  );
  permissionsRegistry.addPermissions(
    slipwayPermissions.filter(
      permission => !onEnvironments.some(one => one === permission),
    ),
  );
  permissionsRegistry.addResourceType({
    resourceRef: slipwayEnvironmentResourceRef,
    permissions: onEnvironments,
    rules: Object.values(slipwayEnvironmentRules),
    getResources: resourceRefs =>
      environments.getResources(resourceRefs.map(parseEnvironmentRef)),
  });
}
