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

/** Shows values of manifests, and so needs what files need. */
export function addLiveRoutes(router: ApiRouter, options: RouterOptions): void {
  const { auditor, authorizer, httpAuth, knex, live } = options;
  const { moduleOperator, moduleService, modules } = options;

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
          const coveredBy = async (configRepos: string[]) =>
            Promise.all(
              accesses.map(access =>
                readCoveredEnvironments(knex, configRepos, access),
              ),
            );
          if (!isCovered(await coveredBy([params.configRepo]), params)) {
            throw environmentNotFound(params);
          }
          const { module } = await moduleService.find(params);
          const sequence = await options.currentSequence();
          const refs = moduleOperator.carriersOf(module, query.cluster);
          // An engine object may carry modules of environments that the caller may not read.
          const carried = await Promise.all(
            refs.map(async ref => ({
              id: engineObjectId(ref),
              environments: await modules.environmentsCarriedBy([ref]),
            })),
          );
          const covered = await coveredBy([
            ...new Set(
              carried.flatMap(({ environments }) =>
                environments.map(({ configRepo }) => configRepo),
              ),
            ),
          ]);
          const items = await live.compare({
            configRepo: params.configRepo,
            carriers: carried.map(({ id }) => id),
            hidden: new Set(
              carried
                .filter(
                  ({ environments }) =>
                    !environments.every(one => isCovered(covered, one)),
                )
                .map(({ id }) => id),
            ),
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
