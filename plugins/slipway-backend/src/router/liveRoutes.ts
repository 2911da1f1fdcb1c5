import {
  slipwayEnvironmentReadPermission,
  slipwayFileReadPermission,
} from '@slipway/backstage-plugin-slipway-common';
import { engineObjectId } from '../engineObjects';
import {
  covers,
  environmentNotFound,
  readCoveredEnvironments,
  type CoveredEnvironments,
} from '../permissions';
import { audited, readerCredentials } from './callers';
import type { ApiRouter, RouterOptions } from './createRouter';
import { hiddenCarriers } from './hiddenCarriers';

/** Shows values of manifests, and so needs what files need. */
export function addLiveRoutes(router: ApiRouter, options: RouterOptions): void {
  const { auditor, authorizer, httpAuth, knex, live } = options;
  const { moduleOperator, moduleService } = options;

  router.get(
    '/environments/:configRepo/:environment/modules/:module/live',
    async (request, response) => {
      const credentials = await readerCredentials(httpAuth, request);
      const { params, query } = request;
      const answer = await audited(
        {
          auditor,
          eventId: 'module-live-read',
          severityLevel: 'low',
          request,
          meta: params,
        },
        async () => {
          const accesses = await authorizer.accessEach(
            [slipwayEnvironmentReadPermission, slipwayFileReadPermission],
            credentials,
          );
          const covered = await Promise.all(
            accesses.map(access =>
              readCoveredEnvironments(knex, [params.configRepo], access),
            ),
          );
          if (!isCovered(covered, params)) {
            throw environmentNotFound(params);
          }
          const { module } = await moduleService.find(params);
          const sequence = await options.currentSequence();
          const refs = moduleOperator.carriersOf(module, query.cluster);
          const carriers = refs.map(engineObjectId);
          const items = await live.compare({
            configRepo: params.configRepo,
            carriers,
            hidden: await hiddenCarriers(options, carriers, accesses),
          });
          return { items, sequence };
        },
      );
      response.json(answer);
    },
  );
}

function isCovered(
  covered: Array<Map<string, CoveredEnvironments>>,
  { configRepo, environment }: { configRepo: string; environment: string },
): boolean {
  return covered.every(one => covers(one.get(configRepo), environment));
}
