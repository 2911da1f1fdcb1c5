import {
  slipwayEnvironmentReadPermission,
  slipwayFileReadPermission,
} from '@slipway/backstage-plugin-slipway-common';
import {
  covers,
  environmentNotFound,
  readCoveredEnvironments,
} from '../permissions';
import { audited, closed, readerCredentials } from './callers';
import type { ApiRouter, RouterOptions } from './createRouter';

export function addComparisonRoutes(
  router: ApiRouter,
  options: RouterOptions,
): void {
  const { auditor, authorizer, comparer, httpAuth, knex } = options;

  router.get(
    '/environments/:configRepo/:environment/comparison',
    async (request, response) => {
      const credentials = await readerCredentials(httpAuth, request);
      const { configRepo, environment } = request.params;
      const { other } = request.query;
      const comparison = await audited(
        {
          auditor,
          eventId: 'environment-compare',
          severityLevel: 'low',
          request,
          meta: { configRepo, environment, other },
        },
        async () => {
          const accesses = await authorizer.accessEach(
            [slipwayEnvironmentReadPermission, slipwayFileReadPermission],
            credentials,
          );
          for (const access of accesses) {
            const covered = await readCoveredEnvironments(
              knex,
              [configRepo],
              access,
            );
            for (const name of [environment, other]) {
              if (!covers(covered.get(configRepo), name)) {
                throw environmentNotFound({ configRepo, environment: name });
              }
            }
          }
          return comparer.compare({
            configRepo,
            left: environment,
            right: other,
            signal: closed(response),
          });
        },
      );
      response.json(comparison);
    },
  );
}
