import { buildApp } from '../../scripts/lib/buildApp.mjs';
import { setup } from '../../scripts/lib/setup.mjs';
import { withEstate } from '../lab/withEstate';
import type { BenchResult } from '../types';
import { measureChanges } from './measureChanges';
import { measurePushes } from './measurePushes';
import { countWrong } from './shown';
import { atMost } from '../verdicts';

/**
 * A thousand real Applications of a real Argo CD, and the portal of `npm start` on them: whether all are shown as they
 * are; then 100 changed by one commit through Slipway, from Argo CD's write of each Application to Slipway's store and
 * to the open page; then single pushes until Argo CD has delivered them. The peer, which tells when Argo CD wrote, is a
 * bare watch of the same API server.
 */
export async function run(): Promise<BenchResult[]> {
  await buildApp(await setup());
  return withEstate(async estate => [
    atMost('argocd-1000-shown-wrong', await countWrong(estate), 0, ''),
    ...(await measureChanges(estate)),
    ...(await measurePushes(estate)),
    atMost('argocd-1000-shown-wrong-after', await countWrong(estate), 0, ''),
  ]);
}
