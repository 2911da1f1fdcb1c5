import { createBackendModule } from '@backstage/backend-plugin-api';
import { syncEnginesExtensionPoint } from '@slipway/backstage-plugin-slipway-node';
import { ArgoCdSyncEngine } from './ArgoCdSyncEngine';

/**
 * Adds Argo CD to the sync engines of the Slipway backend.
 *
 * @public
 */
export const slipwayModuleArgoCd = createBackendModule({
  pluginId: 'slipway',
  moduleId: 'argocd',
  register(env) {
    env.registerInit({
      deps: { syncEngines: syncEnginesExtensionPoint },
      async init({ syncEngines }) {
        syncEngines.addSyncEngine(ArgoCdSyncEngine.create());
      },
    });
  },
});
