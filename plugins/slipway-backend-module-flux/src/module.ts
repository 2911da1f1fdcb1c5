import { createBackendModule } from '@backstage/backend-plugin-api';
import { syncEnginesExtensionPoint } from '@slipway/backstage-plugin-slipway-node';
import { FluxSyncEngine } from './FluxSyncEngine';

/**
 * Adds Flux to the sync engines of the Slipway backend.
 *
 * @public
 */
export const slipwayModuleFlux = createBackendModule({
  pluginId: 'slipway',
  moduleId: 'flux',
  register(env) {
    env.registerInit({
      deps: { syncEngines: syncEnginesExtensionPoint },
      async init({ syncEngines }) {
        syncEngines.addSyncEngine(FluxSyncEngine.create());
      },
    });
  },
});
