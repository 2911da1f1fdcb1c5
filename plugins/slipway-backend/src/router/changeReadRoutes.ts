import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  slipwayEnvironmentReadPermission,
  slipwayFileReadPermission,
  type ChangePage,
} from '@slipway/backstage-plugin-slipway-common';
import { audited, closed, readerCredentials } from './callers';
import type { ApiRouter, RouterOptions } from './createRouter';
import { readScope } from './entityScope';

const DEFAULT_LIMIT = 50;

export function addChangeReadRoutes(
  router: ApiRouter,
  options: RouterOptions,
): void {
  const { auditor, authorizer, changeReader, httpAuth } = options;

  router.get('/changes', async (request, response) => {
    const credentials = await readerCredentials(httpAuth, request);
    const { query } = request;
    const page = await audited(
      { auditor, eventId: 'change-list', severityLevel: 'low', request },
      async (): Promise<ChangePage> => {
        const { scope, findings } = await readScope(
          options,
          query,
          credentials,
        );
        // Read first: rows that are newer than it says are only fetched once more.
        const sequence = await options.currentSequence();
        const list = await changeReader.list({
          scope,
          author: authorOf(credentials),
          filters: {
            environments: query.environment,
            modules: query.module,
            states: query.state,
            kinds: query.kind,
            search: query.search,
          },
          cursor: query.cursor,
          limit: query.limit ?? DEFAULT_LIMIT,
        });
        return { ...list, findings, sequence };
      },
    );
    response.json(page);
  });

  router.get('/changes/:change', async (request, response) => {
    const credentials = await readerCredentials(httpAuth, request);
    const change = await audited(
      auditOf('change-read', options, request),
      async () =>
        changeReader.get({
          id: Number(request.params.change),
          access: await authorizer.access(
            slipwayEnvironmentReadPermission,
            credentials,
          ),
          author: authorOf(credentials),
          signal: closed(response),
        }),
    );
    response.json(change);
  });

  router.get('/changes/:change/diff', async (request, response) => {
    const credentials = await readerCredentials(httpAuth, request);
    const diff = await audited(
      auditOf('change-diff', options, request),
      async () => {
        const [access, files] = await Promise.all(
          [slipwayEnvironmentReadPermission, slipwayFileReadPermission].map(
            permission => authorizer.access(permission, credentials),
          ),
        );
        return changeReader.diff({
          id: Number(request.params.change),
          access,
          files,
          author: authorOf(credentials),
          signal: closed(response),
        });
      },
    );
    response.json(diff);
  });
}

/** Services ask for no changes. */
function authorOf({ principal }: BackstageCredentials): string | undefined {
  return (principal as { userEntityRef?: string }).userEntityRef;
}

function auditOf<R extends { params: { change: number } }>(
  eventId: string,
  { auditor }: RouterOptions,
  request: R,
) {
  return {
    auditor,
    eventId,
    severityLevel: 'low' as const,
    request,
    meta: { change: String(request.params.change) },
  };
}
