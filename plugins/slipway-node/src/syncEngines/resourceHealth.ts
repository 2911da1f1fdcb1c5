import type { HealthState } from '@slipway/backstage-plugin-slipway-common';
import type { ClusterConfig } from '../clusters';
import type { EngineObjectKey } from './objects';

/**
 * @public
 */
export interface SyncEngineResourceHealthOptions {
  cluster: ClusterConfig;
  key: EngineObjectKey;
}

/**
 * How one resource of an engine object is.
 *
 * @public
 */
export interface EngineResourceHealth {
  group: string;
  kind: string;
  namespace: string;
  name: string;
  health: HealthState;
}
