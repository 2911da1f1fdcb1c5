import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  slipwayEnvironmentReadPermission,
  type Environment,
} from '@slipway/backstage-plugin-slipway-common';
import { moduleId } from '../status/rows';
import type { RouterOptions } from './createRouter';
import { hiddenCarriers } from './hiddenCarriers';

/** Environments, their failures without the words of engine objects that also deliver what the caller may not read. */
export async function withoutOthersWords(
  options: Pick<RouterOptions, 'authorizer' | 'knex' | 'modules'>,
  environments: Environment[],
  credentials: BackstageCredentials,
): Promise<Environment[]> {
  const failed = environments.flatMap(({ configRepo, name, deployStatus }) => {
    const { module, message } = deployStatus.reason?.params ?? {};
    return module && message ? [{ configRepo, environment: name, module }] : [];
  });
  if (failed.length === 0) return environments;
  const access = await options.authorizer.access(
    slipwayEnvironmentReadPermission,
    credentials,
  );
  if (access.type === 'all') return environments;

  const carriers = new Map<string, string[]>();
  for (const configRepo of new Set(failed.map(one => one.configRepo))) {
    const own = failed.filter(one => one.configRepo === configRepo);
    const found = await options.modules.carriersOfAll(configRepo, own);
    for (const [id, ids] of found) carriers.set(id, ids);
  }
  const all = [...new Set([...carriers.values()].flat())];
  const hidden = await hiddenCarriers(options, all, [access]);
  return environments.map(environment => {
    const { configRepo, name, deployStatus } = environment;
    const { reason } = deployStatus;
    const { message, ...params } = reason?.params ?? {};
    const ids = carriers.get(moduleId(configRepo, name, params.module ?? ''));
    return reason && ids?.some(id => hidden.has(id))
      ? {
          ...environment,
          deployStatus: { ...deployStatus, reason: { ...reason, params } },
        }
      : environment;
  });
}
