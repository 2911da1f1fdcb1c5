import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  slipwayChangeCreatePermission,
  slipwayFileReadPermission,
} from '@slipway/backstage-plugin-slipway-common';
import type { ChangeCaller } from '../changes';

import { audited, closed } from './callers';
import type { ApiRouter, RouterOptions } from './createRouter';

/** People only: each change has an author. */
export function addChangeWriteRoutes(
  router: ApiRouter,
  options: RouterOptions,
): void {
  const { auditor, authorizer, authors, changes, changeReader, httpAuth } =
    options;

  const callerOf = async (
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<ChangeCaller> => {
    const [author, [read, create]] = await Promise.all([
      authors.read(credentials),
      authorizer.accessEach(
        [slipwayFileReadPermission, slipwayChangeCreatePermission],
        credentials,
      ),
    ]);
    return { credentials, author, read, create };
  };

  router.post(
    '/config-repos/:configRepo/changes/plan',
    async (request, response) => {
      const credentials = await httpAuth.credentials(request, {
        allow: ['user'],
      });
      const { params, body } = request;
      const plan = await audited(
        {
          auditor,
          eventId: 'change-plan',
          severityLevel: 'low',
          request,
          meta: { configRepo: params.configRepo, kind: body.kind },
        },
        async () =>
          changes.plan({
            configRepo: params.configRepo,
            request: body,
            caller: await callerOf(credentials),
            signal: closed(response),
          }),
      );
      response.json(plan);
    },
  );

  router.post(
    '/config-repos/:configRepo/changes',
    async (request, response) => {
      const credentials = await httpAuth.credentials(request, {
        allow: ['user'],
      });
      const { params, body } = request;
      const change = await audited(
        {
          auditor,
          eventId: 'change-create',
          severityLevel: 'medium',
          request,
          meta: { configRepo: params.configRepo, kind: body.kind },
        },
        async () => {
          const caller = await callerOf(credentials);
          const id = await changes.create({
            configRepo: params.configRepo,
            request: body,
            caller,
          });
          return changeReader.get({
            id,
            access: caller.read,
            author: caller.author.entityRef,
          });
        },
      );
      response.status(201).json(change);
    },
  );
}
