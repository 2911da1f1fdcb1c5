import { convertLegacyRouteRef } from '@backstage/core-compat-api';
import {
  createApiFactory,
  createPlugin,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { SlipwayClient } from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import {
  entityChangesRouteRef,
  entityCopyRouteRef,
  entityEnvironmentsRouteRef,
  entityFilesRouteRef,
  entityModulesRouteRef,
  rootRouteRef,
} from '../routes';

/**
 * The plugin for the legacy frontend system.
 *
 * @public
 */
export const slipwayPlugin = createPlugin({
  id: 'slipway',
  apis: [
    createApiFactory({
      api: slipwayApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => SlipwayClient.create(deps),
    }),
  ],
  routes: {
    root: convertLegacyRouteRef(rootRouteRef),
    entityChanges: convertLegacyRouteRef(entityChangesRouteRef),
    entityCopy: convertLegacyRouteRef(entityCopyRouteRef),
    entityEnvironments: convertLegacyRouteRef(entityEnvironmentsRouteRef),
    entityFiles: convertLegacyRouteRef(entityFilesRouteRef),
    entityModules: convertLegacyRouteRef(entityModulesRouteRef),
  },
});
