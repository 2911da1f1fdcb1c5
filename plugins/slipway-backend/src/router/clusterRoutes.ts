import { NotFoundError } from '@backstage/errors';
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

  router.get('/clusters/:cluster', async (request, response) => {
    const credentials = await readerCredentials(options.httpAuth, request);
    const name = request.params.cluster;
    const cluster = await audited(
      {
        auditor: options.auditor,
        eventId: 'cluster-read',
        severityLevel: 'low',
        request,
        meta: { cluster: name },
      },
      async () => {
        const access = await options.authorizer.access(
          slipwayEnvironmentReadPermission,
          credentials,
        );
        const clusters = await listClusters({ ...options, access });
        const found = clusters.find(one => one.name === name);
        if (!found) {
          throw new NotFoundError(
            `There is no cluster '${name}', or you may not see it`,
          );
        }
        return found;
      },
    );
    response.json(cluster);
  });
}
