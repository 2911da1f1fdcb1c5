import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  slipwayEnvironmentReadPermission,
  type ConfigRepo,
} from '@slipway/backstage-plugin-slipway-common';
import { answeringForGit } from '../files/errors';
import { audited, readerCredentials } from './callers';
import type { ApiRouter, RouterOptions } from './createRouter';
import { readScope } from './entityScope';
import { pageByName } from './pageByName';

export function addConfigRepoRoutes(
  router: ApiRouter,
  options: RouterOptions,
): void {
  const { auditor, httpAuth, configRepos, configRepoService } = options;

  router.get('/config-repos', async (request, response) => {
    const credentials = await readerCredentials(httpAuth, request);
    const page = await audited(
      {
        auditor,
        eventId: 'config-repo-list',
        severityLevel: 'low',
        request,
      },
      async () => {
        const { scope, findings } = await readScope(
          options,
          request.query,
          credentials,
        );
        const sequence = await options.currentSequence();
        const items = await configRepos.list({
          access: scope.access,
          names: scope.scopes?.map(one => one.configRepo),
        });
        return {
          ...pageByName('config-repos', items, request.query),
          findings,
          sequence,
        };
      },
    );
    response.json(page);
  });

  router.get('/config-repos/:configRepo', async (request, response) => {
    const credentials = await readerCredentials(httpAuth, request);
    response.json(
      await audited(
        {
          auditor,
          eventId: 'config-repo-read',
          severityLevel: 'low',
          request,
          meta: { configRepo: request.params.configRepo },
        },
        () => readOne(options, request.params.configRepo, credentials),
      ),
    );
  });

  router.get(
    '/config-repos/:configRepo/copy-rules',
    async (request, response) => {
      const credentials = await readerCredentials(httpAuth, request);
      const { configRepo } = request.params;
      const list = await audited(
        {
          auditor,
          eventId: 'copy-rules-list',
          severityLevel: 'low',
          request,
          meta: { configRepo },
        },
        async () => {
          await readOne(options, configRepo, credentials);
          const sequence = await options.currentSequence();
          const { model } = await answeringForGit(configRepo, () =>
            options.configRepoReader.current(configRepo),
          );
          return { items: model.copyRules, sequence };
        },
      );
      response.json(list);
    },
  );

  router.post(
    '/config-repos/:configRepo/refresh',
    async (request, response) => {
      const credentials = await httpAuth.credentials(request, {
        allow: ['user'],
      });
      const name = request.params.configRepo;
      const refreshed = await audited(
        {
          auditor,
          eventId: 'config-repo-refresh',
          severityLevel: 'medium',
          request,
          meta: { configRepo: name },
        },
        async () => {
          await readOne(options, name, credentials);
          await configRepoService.refresh(name);
          return readOne(options, name, credentials);
        },
      );
      response.json(refreshed);
    },
  );
}

async function readOne(
  options: RouterOptions,
  name: string,
  credentials: BackstageCredentials,
): Promise<ConfigRepo> {
  const access = await options.authorizer.access(
    slipwayEnvironmentReadPermission,
    credentials,
  );
  const [configRepo] = await options.configRepos.list({
    access,
    names: [name],
  });
  if (access.type === 'none' || !configRepo) {
    throw new NotFoundError(
      `There is no config repo '${name}', or you may not read it`,
    );
  }
  return configRepo;
}
