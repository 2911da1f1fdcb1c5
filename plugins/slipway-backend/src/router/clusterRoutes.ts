import { slipwayEnvironmentReadPermission } from '@slipway/backstage-plugin-slipway-common';
import { listClusters } from '../clusters/listClusters';
import { audited, readerCredentials } from './callers';
import type { ApiRouter, RouterOptions } from './createRouter';
import { pageByName } from './pageByName';

export function addClusterRoutes(
  router: ApiRouter,
  options: RouterOptions,
): void {
  router.get('/clusters', async (request, response) => {
    const credentials = await readerCredentials(options.httpAuth, request);
    const page = await audited(
      {
        auditor: options.auditor,
        eventId: 'cluster-list',
        severityLevel: 'low',
        request,
      },
      async () => {
        const access = await options.authorizer.access(
          slipwayEnvironmentReadPermission,
          credentials,
        );
        const sequence = await options.currentSequence();
        const clusters = await listClusters({ ...options, access });
        return { ...pageByName('clusters', clusters, request.query), sequence };
      },
    );
    response.json(page);
  });
}
