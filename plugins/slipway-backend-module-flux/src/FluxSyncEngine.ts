import type {
  CopiedEngineManifest,
  CopyEngineManifestOptions,
  SyncEngine,
  SyncEngineOperateOptions,
  SyncEngineWatchOptions,
} from '@slipway/backstage-plugin-slipway-node';
import { FluxWatch } from './FluxWatch';
import { copyFluxManifests } from './manifests/copyFluxManifests';
import { MARKS } from './marks';
import { operateFluxObject } from './operations/operateFluxObject';

/**
 * Watches the Kustomizations and HelmReleases of one cluster with their sources, and asks their controllers for operations.
 */
export class FluxSyncEngine implements SyncEngine {
  readonly kind = 'flux';
  readonly operations = ['refresh', 'sync', 'suspend', 'resume'] as const;
  /** What is pruned is for the manifest to say. */
  readonly operationOptions = [];
  readonly marks = MARKS;

  static create(): FluxSyncEngine {
    return new FluxSyncEngine();
  }

  private constructor() {}

  async watch(options: SyncEngineWatchOptions): Promise<void> {
    await FluxWatch.create(options).run();
  }

  async operate(options: SyncEngineOperateOptions): Promise<void> {
    await operateFluxObject(options);
  }

  copyManifest(options: CopyEngineManifestOptions): CopiedEngineManifest {
    return copyFluxManifests(options);
  }
}
