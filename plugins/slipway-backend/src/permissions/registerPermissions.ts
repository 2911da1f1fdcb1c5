import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  parseEnvironmentRef,
  slipwayConfigRepoAdminPermission,
  slipwayDeliveryCreatePermission,
  slipwayEnvironmentPermissions,
  slipwayViewPermission,
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
  permissionsRegistry.addPermissions([
    slipwayViewPermission,
    slipwayDeliveryCreatePermission,
    slipwayConfigRepoAdminPermission,
  ]);
  permissionsRegistry.addResourceType({
    resourceRef: slipwayEnvironmentResourceRef,
    permissions: [...slipwayEnvironmentPermissions],
    rules: Object.values(slipwayEnvironmentRules),
    getResources: resourceRefs =>
      environments.getResources(resourceRefs.map(parseEnvironmentRef)),
  });
}
