import {
  slipwayChangeCreatePermission,
  slipwayFileReadPermission,
} from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import {
  accessCovers,
  covers,
  readCoveredEnvironments,
  type EnvironmentAuthorizer,
} from '../permissions';
import type { ChangeCaller } from './ChangeService';
import type { GatePermissions } from './gate';
import { grantedFor } from './granted';
import type { PlannedChange } from './plan/types';

/** Holds everything that a change touches against what the policy says of the caller. */
export async function readGatePermissions(
  planned: PlannedChange,
  options: {
    authorizer: EnvironmentAuthorizer;
    caller: ChangeCaller;
    configRepo: string;
    knex: Knex;
  },
): Promise<GatePermissions> {
  const { authorizer, caller, configRepo, knex } = options;
  const { environments, admin } = grantedFor(planned);
  // Nobody could be allowed anything on it before it is there.
  const declared = planned.declared && {
    ...planned.declared,
    configRepo,
    clusters: planned.declared.targets.map(({ cluster }) => cluster),
  };
  const denied = await Promise.all(
    [
      { permission: slipwayFileReadPermission, access: caller.read },
      { permission: slipwayChangeCreatePermission, access: caller.create },
    ].map(async ({ permission, access }) => {
      const covered = await readCoveredEnvironments(knex, [configRepo], access);
      return environments
        .filter(
          name =>
            !covers(covered.get(configRepo), name) &&
            !(declared?.name === name && accessCovers(access, declared)),
        )
        .map(environment => ({ permission: permission.name, environment }));
    }),
  );
  return {
    denied: denied.flat(),
    admin:
      !admin ||
      (await authorizer.mayAdminister(configRepo, caller.credentials)),
  };
}
