import type { ClusterConfig } from '../clusters';
import type { EngineObjectKey } from './objects';

/**
 * What an engine can be asked to do with one of its objects.
 *
 * @public
 */
export type EngineOperation =
  /** Compare with Git anew; `hard` forgets what was rendered before. */
  | { type: 'refresh'; hard?: boolean }
  /** Deliver what the branch holds; `prune` removes what Git no longer holds. */
  | { type: 'sync'; prune?: boolean; dryRun?: boolean; revision?: string }
  /** Stop the sync that runs. */
  | { type: 'terminate' }
  /** Deliver nothing until resumed; what runs goes on. */
  | { type: 'suspend' }
  /** Deliver again. */
  | { type: 'resume' };

/**
 * A way in which an engine may know how to refresh (`hard`) or to sync (`prune`, `dryRun`).
 *
 * @public
 */
export type EngineOperationOption = 'hard' | 'prune' | 'dryRun';

/**
 * @public
 */
export interface SyncEngineOperateOptions {
  cluster: ClusterConfig;
  key: EngineObjectKey;
  operation: EngineOperation;
  /** Name of the person who asks, for the engine's own record. */
  initiatedBy: string;
  signal: AbortSignal;
}
