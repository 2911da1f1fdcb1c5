import { slipwayEnvironmentReadPermission } from '@slipway/backstage-plugin-slipway-common';
import { engineObjectId } from '../engineObjects';
import { audited, readerCredentials } from './callers';
import type { ApiRouter, RouterOptions } from './createRouter';
import { hiddenFrom } from './hiddenCarriers';

const DEFAULT_LIMIT = 50;

export function addDeploymentRoutes(
  router: ApiRouter,
  options: RouterOptions,
): void {
  const { auditor, authorizer, deployments, httpAuth, moduleService } = options;

  router.get(
    '/environments/:configRepo/:environment/modules/:module/deployments',
    async (request, response) => {
      const credentials = await readerCredentials(httpAuth, request);
      const { params, query } = request;
      const page = await audited(
        {
          auditor,
          eventId: 'deployment-list',
          severityLevel: 'low',
          request,
          meta: params,
        },
        async () => {
          await authorizer.assertReadable(
            slipwayEnvironmentReadPermission,
            params,
            credentials,
          );
          await moduleService.find(params);
          const { configRepo } = params;
          // Read first: rows that are newer than it says are only fetched once more.
          const sequence = await options.currentSequence();
          const list = await deployments.list({
            configRepo,
            module: params,
            cursor: query.cursor,
            limit: query.limit ?? DEFAULT_LIMIT,
          });
          const hidden = await hiddenFrom(
            options,
            credentials,
          )([
            ...new Set(
              list.items.map(({ engineObject }) =>
                engineObjectId(engineObject),
              ),
            ),
          ]);
          const items = list.items.map(item =>
            hidden.has(engineObjectId(item.engineObject))
              ? { ...item, message: undefined }
              : item,
          );
          return { ...list, items, sequence };
        },
      );
      response.json(page);
    },
  );
}
