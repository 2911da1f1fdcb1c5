import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  slipwayEnvironmentReadPermission,
  type FoundModulePage,
} from '@slipway/backstage-plugin-slipway-common';
import { pageResources } from '../modules/pageResources';
import type { ModuleId } from '../modules/types';
import { carriersIn, withoutWords } from '../modules/withoutWords';
import { audited, readerCredentials } from './callers';
import type { ApiRouter, RouterOptions } from './createRouter';
import { readScope } from './entityScope';
import { hiddenFrom } from './hiddenCarriers';

const DEFAULT_LIMIT = 50;

const MODULE = '/environments/:configRepo/:environment/modules/:module';

export function addModuleRoutes(
  router: ApiRouter,
  options: RouterOptions,
): void {
  const { auditor, httpAuth, modules, moduleService } = options;

  router.get('/modules', async (request, response) => {
    const credentials = await readerCredentials(httpAuth, request);
    const { query } = request;
    const page = await audited(
      { auditor, eventId: 'module-find', severityLevel: 'low', request },
      async (): Promise<FoundModulePage> => {
        const { scope, findings } = await readScope(
          options,
          query,
          credentials,
        );
        const sequence = await options.currentSequence();
        const [found, facets] = await Promise.all([
          modules.find({
            scope,
            filters: {
              environments: query.environment,
              modules: query.module,
              health: query.health,
              sync: query.sync,
              fileSync: query.fileSync,
              search: query.search,
            },
            cursor: query.cursor,
            limit: query.limit ?? DEFAULT_LIMIT,
          }),
          modules.facets(scope),
        ]);
        const hidden = await hiddenFrom(
          options,
          credentials,
        )(carriersIn(found.items.map(({ module }) => module)));
        const items = found.items.map(item => ({
          ...item,
          module: withoutWords(item.module, hidden),
        }));
        return { ...found, items, facets, findings, sequence };
      },
    );
    response.json(page);
  });

  router.get(MODULE, async (request, response) => {
    const credentials = await readerCredentials(httpAuth, request);
    response.json(
      await audited(
        {
          auditor,
          eventId: 'module-read',
          severityLevel: 'low',
          request,
          meta: request.params,
        },
        async () => {
          await assertReadable(options, request.params, credentials);
          const sequence = await options.currentSequence();
          const details = await moduleService.details(
            request.params,
            hiddenFrom(options, credentials),
          );
          return { ...details, sequence };
        },
      ),
    );
  });

  router.get(`${MODULE}/resources`, async (request, response) => {
    const credentials = await readerCredentials(httpAuth, request);
    const { params, query } = request;
    response.json(
      await audited(
        {
          auditor,
          eventId: 'module-resource-list',
          severityLevel: 'low',
          request,
          meta: params,
        },
        async () => {
          await assertReadable(options, params, credentials);
          const sequence = await options.currentSequence();
          const { resources, reason } = await moduleService.resources(
            params,
            hiddenFrom(options, credentials),
          );
          const page = pageResources(resources, {
            kinds: query.kind,
            states: query.state,
            search: query.search,
            sort: query.sort ?? 'applied',
            order: query.order ?? 'asc',
            cursor: query.cursor,
            limit: query.limit ?? DEFAULT_LIMIT,
          });
          return { ...page, reason, sequence };
        },
      ),
    );
  });
}

function assertReadable(
  options: RouterOptions,
  id: ModuleId,
  credentials: BackstageCredentials,
): Promise<void> {
  return options.authorizer.assertReadable(
    slipwayEnvironmentReadPermission,
    id,
    credentials,
  );
}
