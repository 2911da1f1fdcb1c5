import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { SyncEngine } from './engine';

/**
 * Adds sync engines to the Slipway backend.
 *
 * @public
 */
export interface SyncEnginesExtensionPoint {
  /** @throws ConflictError when an engine of the same kind is there already. */
  addSyncEngine(engine: SyncEngine): void;
}

/**
 * @public
 */
export const syncEnginesExtensionPoint =
  createExtensionPoint<SyncEnginesExtensionPoint>({
    id: 'slipway.syncEngines',
  });
