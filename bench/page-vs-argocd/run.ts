import { withEstate } from '../lab/withEstate';
import type { BenchResult } from '../types';
import { measurePages } from './measure';

/**
 * The lists of modules that pages ask Slipway's API for (all 100 modules of an environment; the first 50 of a config
 * repo) against Argo CD's own list of its 1,000 Applications, on the same lab: how long they take, and how large they are.
 */
export async function run(): Promise<BenchResult[]> {
  return withEstate(measurePages);
}
