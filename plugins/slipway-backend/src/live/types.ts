import type { LiveObject } from '@slipway/backstage-plugin-slipway-common';
import type {
  EngineMarks,
  EngineObject,
  EngineResource,
} from '@slipway/backstage-plugin-slipway-node';
import type { LiveReader } from './cluster/LiveReader';
import type { Effort } from './Effort';

/** An engine object that is compared, and what is needed for it. */
export interface ComparedObject {
  object: Omit<EngineObject, 'resources'>;
  /** As the engine last told of them, hooks included. */
  resources: readonly EngineResource[];
  marks?: EngineMarks;
  /** What comparing may still take; what is past it is counted only. */
  effort: Effort;
  /** Of the cluster that it delivers to. */
  reader: LiveReader;
}

/** What of it one answer holds. */
export interface ComparedList {
  objects: LiveObject[];
  hooksKnown: boolean;
  /** Objects that were not looked at. */
  more: number;
}

/** Objects of one engine object that are read for one answer. */
export const MAX_OBJECTS = 500;
