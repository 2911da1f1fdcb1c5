import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { slipwayEnvironmentReadPermission } from '@slipway/backstage-plugin-slipway-common';
import {
  covers,
  readCoveredEnvironments,
  type EnvironmentAccess,
} from '../permissions';
import type { RouterOptions } from './createRouter';

/**
 * Engine objects that deliver something besides what the caller may read: one may carry modules of several environments.
 *
 * @param carriers - ids of engine objects
 * @param accesses - of the permissions that are needed, all of them
 */
export async function hiddenCarriers(
  { knex, modules }: Pick<RouterOptions, 'knex' | 'modules'>,
  carriers: readonly string[],
  accesses: readonly EnvironmentAccess[],
): Promise<Set<string>> {
  if (accesses.every(({ type }) => type === 'all')) return new Set();
  const carried = await modules.environmentsOfCarriers(carriers);
  const configRepos = new Set(
    [...carried.values()].flat().map(({ configRepo }) => configRepo),
  );
  const covered = await Promise.all(
    accesses.map(access =>
      readCoveredEnvironments(knex, [...configRepos], access),
    ),
  );
  return new Set(
    [...carried]
      .filter(([, environments]) =>
        environments.some(({ configRepo, environment }) =>
          covered.some(one => !covers(one.get(configRepo), environment)),
        ),
      )
      .map(([id]) => id),
  );
}

/** Finds the engine objects that also deliver environments which the caller may not read. */
export function hiddenFrom(
  options: Pick<RouterOptions, 'authorizer' | 'knex' | 'modules'>,
  credentials: BackstageCredentials,
): (carriers: string[]) => Promise<Set<string>> {
  return async carriers => {
    if (carriers.length === 0) return new Set();
    const access = await options.authorizer.access(
      slipwayEnvironmentReadPermission,
      credentials,
    );
    return hiddenCarriers(options, carriers, [access]);
  };
}
