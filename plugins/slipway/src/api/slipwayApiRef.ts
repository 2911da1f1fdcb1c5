import { createApiRef } from '@backstage/frontend-plugin-api';
import type { SlipwayApi } from '@slipway/backstage-plugin-slipway-common';

/**
 * How the pages read the Slipway backend. Replace its factory to serve them from elsewhere.
 *
 * @public
 */
export const slipwayApiRef = createApiRef<SlipwayApi>().with({
  id: 'plugin.slipway.api',
  pluginId: 'slipway',
});
