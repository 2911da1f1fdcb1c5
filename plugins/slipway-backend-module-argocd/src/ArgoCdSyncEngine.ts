import {
  type CopiedEngineManifest,
  type CopyEngineManifestOptions,
  type EngineManagedResources,
  type EngineResourceHealth,
  type SyncEngine,
  type SyncEngineManagedResourcesOptions,
  type SyncEngineOperateOptions,
  type SyncEngineResourceHealthOptions,
  type SyncEngineWatchOptions,
} from '@slipway/backstage-plugin-slipway-node';
import { ArgoCdWatch } from './ArgoCdWatch';
import { copyApplications } from './manifests/copyApplications';
import { ManagedResourcesReader } from './ManagedResourcesReader';
import { MARKS } from './marks';
import { operateApplication } from './operations/operateApplication';
import { ResourceHealthReader } from './ResourceHealthReader';

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
    await ArgoCdWatch.create(options).run();
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
