import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import type { EngineObject } from './objects';

/**
 * A kind of engine objects that cannot be read, while others of the engine can.
 *
 * @public
 */
export interface UnreadKind {
  /** As in `EngineObjectKey`. */
  kind: string;
  /** Why not. */
  reason: Reason;
}

/**
 * What is left of the last word on an engine object when its kind can no longer be read: what it was, where it delivers to and from. How it
 * is, what is applied by now and how what ran has ended are not known. Its cluster is heard, so nothing else would say that this is old.
 *
 * @public
 */
export function asUnread<
  T extends Pick<EngineObject, 'health' | 'sync' | 'operation' | 'sources'>,
>(object: T, reason: Reason): T {
  const { operation } = object;
  const isOpen = ['Running', 'Terminating'].some(
    phase => phase === operation?.phase,
  );
  return {
    ...object,
    health: { state: 'Unknown', reason },
    sync: { state: 'Unknown', reason },
    operation: isOpen ? undefined : operation,
    sources: object.sources.map(({ appliedRevision, ...source }) => ({
      ...source,
      appliedUnknown: reason,
    })),
  };
}
