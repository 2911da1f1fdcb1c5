import {
  type CopiedEngineManifest,
  type CopyEngineManifestOptions,
  type EngineManagedResources,
  type EngineResourceHealth,
  KubernetesConnection,
  type KubernetesObject,
  type ResourceEvent,
  type SyncEngine,
  type SyncEngineManagedResourcesOptions,
  type SyncEngineOperateOptions,
  type SyncEngineResourceHealthOptions,
  type SyncEngineWatchOptions,
  watchResource,
} from '@slipway/backstage-plugin-slipway-node';
import {
  type ApplicationHome,
  toEngineObject,
  toEngineObjectKey,
} from './application';
import { ConnectionReporter } from './ConnectionReporter';
import { copyApplications } from './manifests/copyApplications';
import { ManagedResourcesReader } from './ManagedResourcesReader';
import { MARKS } from './marks';
import { operateApplication } from './operations/operateApplication';
import { ResourceHealthReader } from './ResourceHealthReader';
import { readArgoCdSettings } from './settings';

/** Where Argo CD lives unless told otherwise; asked when the account may not list all namespaces. */
const DEFAULT_NAMESPACE = 'argocd';

/**
 * Watches the Applications of one cluster, and asks their controller for operations.
 */
export class ArgoCdSyncEngine implements SyncEngine {
  readonly kind = 'argocd';
  readonly marks = MARKS;

  static create(): ArgoCdSyncEngine {
    return new ArgoCdSyncEngine();
  }

  readonly #resourceHealth = ResourceHealthReader.create();
  readonly #managedResources = ManagedResourcesReader.create();

  private constructor() {}

  async watch(options: SyncEngineWatchOptions): Promise<void> {
    const { cluster, sink, logger, signal } = options;
    const settings = readArgoCdSettings(cluster);
    const connection = KubernetesConnection.fromClusterConfig(cluster);
    const home = { cluster: cluster.name, url: settings.url };
    const reporter = ConnectionReporter.create({ ...options, connection });
    const leaveOut = (count: number) =>
      logger.warn(
        `Left out ${count} Applications of the cluster ${cluster.name} that cannot be read`,
      );

    await reporter.connecting();
    await watchResource({
      connection,
      group: 'argoproj.io',
      version: 'v1alpha1',
      resource: 'applications',
      namespaces: settings.namespaces,
      fallbackNamespaces: [DEFAULT_NAMESPACE],
      signal,
      async onPage(applications, { first, last }) {
        const objects = toEngineObjects(applications, home);
        if (objects.length < applications.length) {
          leaveOut(applications.length - objects.length);
        }
        await sink.list({ objects, first, last });
      },
      async onEvents(events) {
        const changes = toChanges(events, home);
        if (changes.length < events.length) {
          leaveOut(events.length - changes.length);
        }
        if (changes.length > 0) {
          await sink.apply(changes);
        }
      },
      onAlive: () => reporter.alive(),
      onProblem: reason => reporter.problem(reason),
      onMalformed: leaveOut,
    });
  }

  async operate(options: SyncEngineOperateOptions): Promise<void> {
    await operateApplication(options);
  }

  resourceHealth(
    options: SyncEngineResourceHealthOptions,
  ): Promise<EngineResourceHealth[]> {
    return this.#resourceHealth.read(options);
  }

  managedResources(
    options: SyncEngineManagedResourcesOptions,
  ): Promise<EngineManagedResources | undefined> {
    return this.#managedResources.read(options);
  }

  copyManifest(options: CopyEngineManifestOptions): CopiedEngineManifest {
    return copyApplications(options);
  }
}

function toEngineObjects(
  applications: KubernetesObject[],
  home: ApplicationHome,
) {
  return applications.flatMap(
    application => toEngineObject(application, home) ?? [],
  );
}

type Changes = Parameters<SyncEngineWatchOptions['sink']['apply']>[0];

function toChanges(events: ResourceEvent[], home: ApplicationHome): Changes {
  return events.flatMap(({ type, object }): Changes => {
    if (type === 'DELETED') {
      const key = toEngineObjectKey(object, home);
      return key ? [{ type: 'remove', key }] : [];
    }
    const mapped = toEngineObject(object, home);
    return mapped ? [{ type: 'upsert', object: mapped }] : [];
  });
}
