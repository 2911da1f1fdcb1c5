import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import type { ClusterConfig } from '../clusters';
import type { EngineObject, EngineObjectKey } from './objects';
import type { UnreadKind } from './unread';

/**
 * Receives what an engine sees on one cluster, in order. Every method resolves when the read model holds it;
 * it rejects when this process no longer may write for the cluster, upon which the engine ends its watch.
 *
 * @public
 */
export interface SyncEngineSink {
  /**
   * The full list, in pages; what is not in any page up to the one with `last` is gone. What is of an `unread` kind of that page stays, by
   * `asUnread`.
   */
  list(page: {
    objects: EngineObject[];
    first: boolean;
    last: boolean;
    /** Kinds of which the list cannot say what there is; none when absent. */
    unread?: UnreadKind[];
  }): Promise<void>;
  /** Changes since the list, in the order in which they came. */
  apply(
    changes: Array<
      | { type: 'upsert'; object: EngineObject }
      | { type: 'remove'; key: EngineObjectKey }
    >,
  ): Promise<void>;
  /** Connection state; `Connected` also counts as hearing from the engine, so call it on bookmarks and idle proofs of life. */
  connection(state: SyncEngineConnection): Promise<void>;
}

/**
 * @public
 */
export type SyncEngineConnection =
  | {
      state: 'Connected';
      /** Absent while it is not known; what was known before stays unless `engineVersionReason` takes it back. */
      engineVersion?: string;
      /** Why the engine's version cannot be known: `engineVersionForbidden`, `engineVersionNotFound` or `engineVersionNotTold` (`object`). */
      engineVersionReason?: Reason;
      kubernetesVersion?: string;
      /** What of the engine cannot be seen although the cluster answers. */
      reason?: Reason;
    }
  | { state: 'Connecting' }
  | { state: 'Unreachable'; reason: Reason };

/**
 * @public
 */
export interface SyncEngineWatchOptions {
  cluster: ClusterConfig;
  sink: SyncEngineSink;
  logger: LoggerService;
  /** Ends the watch. */
  signal: AbortSignal;
}
