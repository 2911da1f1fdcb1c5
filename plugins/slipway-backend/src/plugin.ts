import { randomUUID } from 'node:crypto';
import os from 'node:os';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  syncEnginesExtensionPoint,
  type SyncEngine,
} from '@slipway/backstage-plugin-slipway-node';
import { cacheDirectory } from './configRepos/cacheDirectory';
import { EnvironmentComparer } from './comparison/EnvironmentComparer';
import { ConfigRepoReader } from './configRepos/ConfigRepoReader';
import { ConfigRepoService } from './configRepos/ConfigRepoService';
import { ConfigRepoStore } from './configRepos/ConfigRepoStore';
import { createGitCredentialsProvider } from './configRepos/credentials';
import { ForgeLinks } from './configRepos/ForgeLinks';
import { OpenConfigRepos } from './configRepos/OpenConfigRepos';
import { RepoModels } from './configRepos/RepoModels';
import { readConfigRepos } from './configRepos/readConfigRepos';
import {
  AuthorReader,
  ChangeExecutor,
  ChangeService,
  createRecheckGate,
  DatabaseChangeStore,
  readCommitSettings,
} from './changes';
import { ChangeReader } from './changes/read/ChangeReader';
import { ChangeFollower, readFollowSettings } from './changes/follow';
import { EntityScopeReader } from './catalog/EntityScopeReader';
import {
  ClusterWatchService,
  DatabaseClusterEngineStore,
  readClusters,
  resolveDestination,
  warnOfSharedServers,
} from './clusters';
import { migrate } from './database/migrate';
import { currentSequence } from './database/sequence';
import { DatabaseDeploymentStore, DeploymentReader } from './deployments';
import { DatabaseEngineObjectStore } from './engineObjects';
import { DatabaseEnvironmentStore } from './environments/DatabaseEnvironmentStore';
import { FileService } from './files/FileService';
import { DatabaseLeaseStore, LeaseKeeper } from './leases';
import { DesiredReader, LiveReaders, LiveService, ObjectHealth } from './live';
import { DatabaseModuleStore } from './modules/DatabaseModuleStore';
import { ModuleOperator } from './modules/ModuleOperator';
import { ModuleService } from './modules/ModuleService';
import { EnvironmentAuthorizer } from './permissions';
import { registerPermissions } from './permissions/registerPermissions';
import { createRouter } from './router/createRouter';
import { ClusterSchemas } from './schemas';
import { ChangeFeed } from './status/ChangeFeed';
import type { SeenEngineObject } from './status/types';
import { publishChanges } from './status/publishChanges';
import { subscribeToPushes } from './webhooks/subscribeToPushes';

/**
 * The Slipway service, at `/api/slipway`.
 *
 * @public
 */
export const slipwayPlugin = createBackendPlugin({
  pluginId: 'slipway',
  register(env) {
    const engines = new Map<string, SyncEngine>();
    env.registerExtensionPoint(syncEnginesExtensionPoint, {
      addSyncEngine(engine) {
        if (engines.has(engine.kind)) {
          throw new ConflictError(
            `The sync engine '${engine.kind}' is installed twice`,
          );
        }
        engines.set(engine.kind, engine);
      },
    });

    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        cache: coreServices.cache,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init(deps) {
        const { config, lifecycle, logger } = deps;
        const clusters = readClusters(config);
        await warnOfSharedServers(clusters, logger);
        const configRepoConfigs = readConfigRepos(config);
        const commitSettings = readCommitSettings(config);
        const followSettings = readFollowSettings(config);
        const knex = await migrate(deps.database);

        const feed = ChangeFeed.create({
          currentSequence: () => currentSequence(knex),
          logger,
        });
        const leases = LeaseKeeper.create({
          store: DatabaseLeaseStore.create({ knex }),
          holder: `${os.hostname()}:${process.pid}:${randomUUID()}`,
          logger,
        });
        const engineObjects = DatabaseEngineObjectStore.create({ knex });
        const deployments = DatabaseDeploymentStore.create({ knex });
        const configRepos = ConfigRepoStore.create({
          knex,
          configRepos: configRepoConfigs,
        });
        const integrations = ScmIntegrations.fromConfig(config);
        const openConfigRepos = OpenConfigRepos.create({
          credentials: createGitCredentialsProvider(integrations),
          directory: cacheDirectory(config),
          logger,
        });
        const repoModels = RepoModels.create({
          clusters: new Set(clusters.map(cluster => cluster.name)),
        });
        const clusterWatch = ClusterWatchService.create({
          clusters,
          engines,
          store: DatabaseClusterEngineStore.create({ knex }),
          engineObjects,
          leases,
          feed,
          logger,
        });
        const resolveCluster = (object: SeenEngineObject) =>
          resolveDestination(object.destination, object.key.cluster, clusters);
        const configRepoService = ConfigRepoService.create({
          configRepos: configRepoConfigs,
          store: configRepos,
          engineObjects,
          deployments,
          resolveCluster,
          models: repoModels,
          open: openConfigRepos,
          knex,
          leases,
          feed,
          scheduler: deps.scheduler,
          logger,
        });

        const environments = DatabaseEnvironmentStore.create({
          knex,
          clusterTitles: new Map(
            clusters.map(({ name, title }) => [name, title ?? name]),
          ),
        });
        registerPermissions({
          permissionsRegistry: deps.permissionsRegistry,
          environments,
        });
        const links = ForgeLinks.create({
          integrations,
          configRepos: configRepoConfigs,
        });
        const modules = DatabaseModuleStore.create({ knex });
        const configRepoReader = ConfigRepoReader.create({
          configRepos: configRepoConfigs,
          open: openConfigRepos,
          readHead: name => configRepos.readHead(name),
          models: repoModels,
          logger,
        });
        const authorizer = EnvironmentAuthorizer.create(deps);
        const changeStore = DatabaseChangeStore.create({ knex });
        const changeExecutor = ChangeExecutor.create({
          ...commitSettings,
          store: changeStore,
          open: name => configRepoReader.git(name),
          recheck: createRecheckGate(configRepoReader),
          onEnded: name => {
            configRepoService
              .pushed(name)
              .catch(error =>
                logger.warn(
                  `Nobody could be told that config repo '${name}' changed; its next scheduled look will find it`,
                  error,
                ),
              );
          },
          logger,
        });
        const moduleOperator = ModuleOperator.create({ clusters, engines });
        const changeFollower = ChangeFollower.create({
          ...followSettings,
          configRepos: configRepoConfigs,
          engineObjects,
          feed,
          knex,
          leases,
          notify: notification => deps.notifications.send(notification),
          operator: moduleOperator,
          readHead: name => configRepos.readHead(name),
          reader: configRepoReader,
          logger,
        });
        const liveReaders = LiveReaders.create(clusters);
        const clusterSchemas = ClusterSchemas.create({ clusters, logger });
        deps.httpRouter.use(
          await createRouter({
            auditor: deps.auditor,
            authorizer,
            authors: AuthorReader.create(deps),
            changes: ChangeService.create({
              authorizer,
              configRepos: configRepoConfigs,
              engines,
              engineObjects,
              executor: changeExecutor,
              knex,
              modules,
              reader: configRepoReader,
              resolveCluster,
              schemas: clusterSchemas,
              store: changeStore,
            }),
            changeReader: ChangeReader.create({
              knex,
              reader: configRepoReader,
              links,
            }),
            clusters,
            clusterSchemas,
            comparer: EnvironmentComparer.create({
              reader: configRepoReader,
              knex,
            }),
            configRepos,
            configRepoReader,
            configRepoService,
            currentSequence: () => currentSequence(knex),
            deployments: DeploymentReader.create({
              knex,
              store: deployments,
              reader: configRepoReader,
            }),
            engineObjects,
            entityScopes: EntityScopeReader.create(deps.catalog),
            environments,
            files: FileService.create({
              knex,
              links,
              reader: configRepoReader,
            }),
            httpAuth: deps.httpAuth,
            knex,
            live: LiveService.create({
              clusters,
              engineObjects,
              engines,
              readers: liveReaders,
              desired: DesiredReader.create({
                reader: configRepoReader,
                configRepos: configRepoConfigs,
              }),
              resolveCluster,
              logger,
            }),
            modules,
            moduleOperator,
            moduleService: ModuleService.create({
              modules,
              clusters,
              engineObjects,
              engines,
              links,
              objectHealth: new ObjectHealth({ readers: liveReaders }),
              resolveCluster,
              logger,
            }),
          }),
        );

        publishChanges({
          feed,
          signals: deps.signals,
          isInvisible: sequence => configRepos.isRefreshWish(sequence),
          logger,
        });
        await subscribeToPushes({
          events: deps.events,
          configRepos: configRepoService,
          logger,
        });
        await configRepos.register();
        await clusterWatch.start();
        await configRepoService.start();
        changeFollower.start();
        feed.start();
        await changeExecutor.start(name =>
          configRepoConfigs.some(known => known.name === name),
        );
        lifecycle.addShutdownHook(async () => {
          await changeExecutor.stop();
          clusterWatch.stop();
          await leases.stop();
          await openConfigRepos.close();
          await feed.stop();
        });
      },
    });
  },
});
