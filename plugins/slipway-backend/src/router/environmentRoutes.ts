import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  slipwayEnvironmentReadPermission,
  type Environment,
  type EnvironmentPage,
} from '@slipway/backstage-plugin-slipway-common';
import { carriersIn, withoutWords } from '../modules/withoutWords';
import { environmentNotFound } from '../permissions';
import { audited, readerCredentials } from './callers';
import type { ApiRouter, RouterOptions } from './createRouter';
import { readScope } from './entityScope';
import { hiddenFrom } from './hiddenCarriers';
import { withoutOthersWords } from './withoutOthersWords';

const DEFAULT_LIMIT = 50;

export function addEnvironmentRoutes(
  router: ApiRouter,
  options: RouterOptions,
): void {
  const { auditor, httpAuth, environments, modules, configRepos } = options;

  router.get('/environments', async (request, response) => {
    const credentials = await readerCredentials(httpAuth, request);
    const { query } = request;
    const page = await audited(
      { auditor, eventId: 'environment-list', severityLevel: 'low', request },
      async (): Promise<EnvironmentPage> => {
        const { scope, findings } = await readScope(
          options,
          query,
          credentials,
        );
        // Read first: rows that are newer than it says are only fetched once more.
        const sequence = await options.currentSequence();
        const [list, summary] = await Promise.all([
          environments.list({
            scope,
            filters: {
              managed: query.managed,
              search: query.search,
              stages: query.stage,
              clusters: query.cluster,
              deployStates: query.deployStatus,
            },
            sort: query.sort ?? 'stage',
            order: query.order ?? 'asc',
            cursor: query.cursor,
            limit: query.limit ?? DEFAULT_LIMIT,
          }),
          environments.summarize(scope, { managed: query.managed }),
        ]);
        const named = scope.scopes?.map(one => one.configRepo);
        return {
          ...list,
          items: await withoutOthersWords(options, list.items, credentials),
          managed: summary.managed,
          unmanaged: summary.unmanaged,
          configRepos: await configRepos.list({
            access: scope.access,
            names: named ?? scope.configRepos,
          }),
          facets: {
            stages: summary.stages,
            clusters: summary.clusters.map(name => ({
              name,
              title: options.clusters.find(one => one.name === name)?.title,
            })),
            deployStatus: summary.deployStates,
          },
          findings,
          sequence,
        };
      },
    );
    response.json(page);
  });

  router.get(
    '/environments/:configRepo/:environment',
    async (request, response) => {
      const credentials = await readerCredentials(httpAuth, request);
      response.json(
        await audited(
          {
            auditor,
            eventId: 'environment-read',
            severityLevel: 'low',
            request,
            meta: request.params,
          },
          () => readOne(options, request.params, credentials),
        ),
      );
    },
  );

  router.get(
    '/environments/:configRepo/:environment/modules',
    async (request, response) => {
      const credentials = await readerCredentials(httpAuth, request);
      const page = await audited(
        {
          auditor,
          eventId: 'module-list',
          severityLevel: 'low',
          request,
          meta: request.params,
        },
        async () => {
          const sequence = await options.currentSequence();
          await readOne(options, request.params, credentials);
          const list = await modules.list({
            ...request.params,
            cursor: request.query.cursor,
            limit: request.query.limit ?? DEFAULT_LIMIT,
          });
          const hidden = await hiddenFrom(
            options,
            credentials,
          )(carriersIn(list.items));
          const items = list.items.map(item => withoutWords(item, hidden));
          return { ...list, items, sequence };
        },
      );
      response.json(page);
    },
  );
}

async function readOne(
  options: RouterOptions,
  id: { configRepo: string; environment: string },
  credentials: BackstageCredentials,
): Promise<Environment> {
  await options.authorizer.assertReadable(
    slipwayEnvironmentReadPermission,
    id,
    credentials,
  );
  const environment = await options.environments.get(id);
  if (!environment) throw environmentNotFound(id);
  const [shown] = await withoutOthersWords(options, [environment], credentials);
  return shown;
}
