import type { EngineObject } from '@slipway/backstage-plugin-slipway-node';
import type { SourceProblem } from './sources';
import type { Verdict } from './verdict';

/** What an engine object of a kind delivers, and how that went. */
export interface Delivered
  extends Pick<
    EngineObject,
    'sources' | 'operation' | 'history' | 'images' | 'prunes' | 'reportedAt'
  > {
  problem?: SourceProblem;
  verdict: Verdict;
  /** The revision that the source holds is the one that was applied. */
  isApplied: boolean;
  /** The engine is told to look at the health of what it applies. */
  checksHealth: boolean;
  targetNamespace?: string;
  /** What it says of changes that were made past Git. */
  drift?: string;
}
