import {
  slipwayChangeCreatePermission,
  slipwayFileReadPermission,
} from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import {
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
  const denied = await Promise.all(
    [
      { permission: slipwayFileReadPermission, access: caller.read },
      { permission: slipwayChangeCreatePermission, access: caller.create },
    ].map(async ({ permission, access }) => {
      const covered = await readCoveredEnvironments(knex, [configRepo], access);
      return environments
        .filter(name => !covers(covered.get(configRepo), name))
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
