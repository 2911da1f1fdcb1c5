import { NotFoundError } from '@backstage/errors';
import { slipwayEnvironmentReadPermission } from '@slipway/backstage-plugin-slipway-common';
import { isClusterReadable } from '../clusters/isClusterReadable';
import { readKindSchema } from '../schemas';
import { audited, readerCredentials } from './callers';
import type { ApiRouter, RouterOptions } from './createRouter';

/** Seconds for which a browser need not ask again: kinds change when somebody upgrades a cluster. */
const MAX_AGE = 300;

export function addSchemaRoutes(
  router: ApiRouter,
  options: RouterOptions,
): void {
  const { auditor, authorizer, clusters, clusterSchemas, httpAuth, knex } =
    options;

  router.get('/clusters/:cluster/schemas', async (request, response) => {
    const credentials = await readerCredentials(httpAuth, request);
    const { cluster } = request.params;
    const { apiVersion, kind } = request.query;
    const schema = await audited(
      {
        auditor,
        eventId: 'cluster-schema-read',
        severityLevel: 'low',
        request,
        meta: { cluster, apiVersion, kind },
      },
      async () => {
        const access = await authorizer.access(
          slipwayEnvironmentReadPermission,
          credentials,
        );
        const known =
          clusters.some(({ name }) => name === cluster) &&
          (await isClusterReadable(knex, cluster, access));
        if (!known) {
          throw new NotFoundError(
            `There is no cluster '${cluster}', or you may not read it`,
          );
        }
        return readKindSchema(clusterSchemas, { cluster, apiVersion, kind });
      },
    );
    response
      .set('Cache-Control', `private, max-age=${MAX_AGE}`)
      .vary('Authorization')
      .json(schema);
  });
}
