import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import type { ConfigRepoReader } from '../../configRepos/ConfigRepoReader';
import { grantedFor } from '../granted';
import { planChange } from '../plan/planChange';
import type { PendingChange } from '../types';

/** Says why a change may not go on a head that it was not planned on. */
export type RecheckGate = (
  change: PendingChange,
) => Promise<Reason | undefined>;

/**
 * Looks again at what a change touches, since others may have moved a module, or had another environment build on a file, while it
 * waited: what was not granted then is not granted now.
 */
export function createRecheckGate(
  reader: Pick<ConfigRepoReader, 'current'>,
): RecheckGate {
  return async ({ configRepo, operations, granted }) => {
    if (!granted) return undefined;
    const { git, snapshot, model, shared } = await reader.current(configRepo);
    const now = grantedFor(
      await planChange({
        snapshot,
        model,
        operations,
        sharedBy: shared.sharedBy,
        readBlob: oid => git.readBlob(oid),
      }),
    );
    const more = now.environments.filter(
      environment => !granted.environments.includes(environment),
    );
    if (more.length === 0 && (granted.admin || !now.admin)) return undefined;
    return {
      code: 'touchesMore',
      params: { environments: more.join(', ') || configRepo },
    };
  };
}
