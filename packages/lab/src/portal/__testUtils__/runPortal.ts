// A portal's backend in a process of its own, which a test ends or freezes as a machine would be. It says that it has
// loaded, starts when it is told the settings, and says its port.
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import slipwayPlugin from '@slipway/backstage-plugin-slipway-backend';
import slipwayModuleArgoCd from '@slipway/backstage-plugin-slipway-backend-module-argocd';
import knexFactory from 'knex';
import type { PortalSettings } from './PortalProcess';

async function start({ config, database }: PortalSettings): Promise<number> {
  const knex = knexFactory({ client: 'pg', connection: database });
  const { server } = await startTestBackend({
    features: [
      slipwayPlugin,
      slipwayModuleArgoCd,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.database.factory({ knex }),
      mockServices.rootConfig.factory({ data: config }),
    ],
  });
  return server.port();
}

process.on('message', ({ settings }: { settings?: PortalSettings }) => {
  if (settings) {
    start(settings).then(
      port => process.send?.({ port }),
      error => {
        process.stderr.write(`${error.stack}\n`);
        process.exit(1);
      },
    );
  }
});
process.on('disconnect', () => process.exit(0));
process.send?.({ loaded: true });
