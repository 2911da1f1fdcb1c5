import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { slipwayFileReadPermission } from '@slipway/backstage-plugin-slipway-common';
import type express from 'express';
import { audited, closed, readerCredentials } from './callers';
import type { ApiRouter, RouterOptions } from './createRouter';
import { readScope } from './entityScope';

const DEFAULT_LIST_LIMIT = 200;
const DEFAULT_LIMIT = 50;

export function addFileRoutes(router: ApiRouter, options: RouterOptions): void {
  const { auditor, httpAuth, authorizer, files } = options;

  router.get('/files', async (request, response) => {
    const credentials = await readerCredentials(httpAuth, request);
    const { query } = request;
    const page = await audited(
      { auditor, eventId: 'file-list', severityLevel: 'low', request },
      async () => {
        const { scope, findings } = await readScope(
          options,
          query,
          credentials,
          slipwayFileReadPermission,
        );
        const sequence = await options.currentSequence();
        const list = await files.list({
          scope,
          filters: {
            environments: query.environment,
            modules: query.module,
            search: query.search,
          },
          cursor: query.cursor,
          limit: query.limit ?? DEFAULT_LIST_LIMIT,
          signal: closed(response),
        });
        return { ...list, findings: [...findings, ...list.findings], sequence };
      },
    );
    response.json(page);
  });

  router.get('/files/matches', async (request, response) => {
    const credentials = await readerCredentials(httpAuth, request);
    const { query } = request;
    const matches = await audited(
      { auditor, eventId: 'file-search', severityLevel: 'low', request },
      async () => {
        const { scope } = await readScope(
          options,
          query,
          credentials,
          slipwayFileReadPermission,
        );
        return files.search({
          scope,
          filters: { environments: query.environment, modules: query.module },
          text: query.text,
          matchCase: query.matchCase ?? false,
          limit: query.limit ?? DEFAULT_LIMIT,
          signal: closed(response),
        });
      },
    );
    response.json(matches);
  });

  /** What every question about one path begins with. */
  const asking = async (
    request: {
      params: { configRepo: string };
      query: { path: string };
    },
    response: express.Response,
    credentials: BackstageCredentials,
  ) => ({
    configRepo: request.params.configRepo,
    path: request.query.path,
    access: await authorizer.access(slipwayFileReadPermission, credentials),
    signal: closed(response),
  });

  router.get('/config-repos/:configRepo/file', async (request, response) => {
    const credentials = await readerCredentials(httpAuth, request);
    const { query } = request;
    const content = await audited(
      auditOf('file-read', options, request),
      async () =>
        files.read({
          ...(await asking(request, response, credentials)),
          revision: query.revision,
        }),
    );
    response.json(content);
  });

  router.get('/config-repos/:configRepo/history', async (request, response) => {
    const credentials = await readerCredentials(httpAuth, request);
    const { query } = request;
    const page = await audited(
      auditOf('file-history', options, request),
      async () =>
        files.history({
          ...(await asking(request, response, credentials)),
          revision: query.revision,
          cursor: query.cursor,
          limit: query.limit ?? DEFAULT_LIMIT,
        }),
    );
    response.json(page);
  });

  router.get('/config-repos/:configRepo/blame', async (request, response) => {
    const credentials = await readerCredentials(httpAuth, request);
    const { query } = request;
    const blame = await audited(
      auditOf('file-blame', options, request),
      async () =>
        files.blame({
          ...(await asking(request, response, credentials)),
          revision: query.revision,
        }),
    );
    response.json(blame);
  });

  router.get('/config-repos/:configRepo/diff', async (request, response) => {
    const credentials = await readerCredentials(httpAuth, request);
    const { query } = request;
    const diff = await audited(
      auditOf('file-diff', options, request),
      async () =>
        files.diff({
          ...(await asking(request, response, credentials)),
          from: query.fromRevision,
          to: query.toRevision,
          fromPath: query.fromPath,
        }),
    );
    response.json(diff);
  });
}

function auditOf<
  R extends { params: { configRepo: string }; query: { path: string } },
>(eventId: string, { auditor }: RouterOptions, request: R) {
  return {
    auditor,
    eventId,
    severityLevel: 'low' as const,
    request,
    meta: { configRepo: request.params.configRepo, path: request.query.path },
  };
}
