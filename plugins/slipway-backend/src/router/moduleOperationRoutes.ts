import { parseEntityRef } from '@backstage/catalog-model';
import {
  slipwayEnvironmentReadPermission,
  slipwayEnvironmentSyncPermission,
  type ModuleOperation,
} from '@slipway/backstage-plugin-slipway-common';
import type { EngineOperation } from '@slipway/backstage-plugin-slipway-node';
import { audited } from './callers';
import type { ApiRouter, RouterOptions } from './createRouter';

/** People only: an operation is written down under the name of who asked for it. */
export function addModuleOperationRoutes(
  router: ApiRouter,
  options: RouterOptions,
): void {
  const { auditor, authorizer, httpAuth, modules } = options;
  const { moduleService, moduleOperator } = options;

  router.post(
    '/environments/:configRepo/:environment/modules/:module/operations',
    async (request, response) => {
      const { params, body } = request;
      const credentials = await httpAuth.credentials(request, {
        allow: ['user'],
      });
      const { userEntityRef } = credentials.principal;
      const engineObjects = await audited(
        {
          auditor,
          eventId: 'module-operate',
          severityLevel: 'medium',
          request,
          meta: { ...params, ...asText(body) },
        },
        async () => {
          await authorizer.assertReadable(
            slipwayEnvironmentReadPermission,
            params,
            credentials,
          );
          await authorizer.assertAllowed(
            slipwayEnvironmentSyncPermission,
            [params],
            credentials,
          );
          const { module } = await moduleService.find(params);
          const refs = moduleOperator.engineObjectsOf(module, body.cluster);
          // An engine object may carry modules of other environments, which the operation touches as well.
          await authorizer.assertAllowed(
            slipwayEnvironmentSyncPermission,
            [params, ...(await modules.environmentsCarriedBy(refs))],
            credentials,
          );
          await moduleOperator.operate(
            refs,
            toEngineOperation(body),
            parseEntityRef(userEntityRef).name,
          );
          return refs;
        },
      );
      response.json({ engineObjects });
    },
  );
}

function toEngineOperation(body: ModuleOperation): EngineOperation {
  const { type, hard, prune, dryRun } = body;
  switch (type) {
    case 'refresh':
      return { type, hard };
    case 'sync':
      return { type, prune, dryRun };
    default:
      return { type };
  }
}

function asText(body: ModuleOperation): Record<string, string> {
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, String(value)]),
  );
}
