import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  slipwayEnvironmentReadPermission,
  type Finding,
} from '@slipway/backstage-plugin-slipway-common';
import type { EnvironmentScope } from '../environments/types';
import type { RouterOptions } from './createRouter';

/**
 * What a list is about: what the entity's annotations choose, of what `permission` lets the caller read. An annotation grants
 * nothing, so one that names a config repo which is not there or not readable is only told about.
 */
export async function readScope(
  options: Pick<RouterOptions, 'authorizer' | 'entityScopes' | 'configRepos'>,
  query: { entityRef?: string; configRepo?: string[]; onCluster?: string },
  credentials: BackstageCredentials,
  permission: ResourcePermission<'slipway-environment'> = slipwayEnvironmentReadPermission,
): Promise<{ scope: EnvironmentScope; findings: Finding[] }> {
  const access = await options.authorizer.access(permission, credentials);
  const scope: EnvironmentScope = {
    access,
    configRepos: query.configRepo,
    cluster: query.onCluster,
  };
  if (query.entityRef === undefined) return { scope, findings: [] };

  const entity = await options.entityScopes.read(query.entityRef, credentials);
  const named = [...new Set(entity.scopes.map(one => one.configRepo))];
  const readable = await options.configRepos.list({ access, names: named });
  const missing = named.filter(
    name => !readable.some(configRepo => configRepo.name === name),
  );
  return {
    scope: { ...scope, scopes: entity.scopes },
    findings: [
      ...entity.findings,
      ...missing.map(configRepo => ({
        severity: 'error' as const,
        code: 'configRepoNotRegistered',
        params: { configRepo },
      })),
    ],
  };
}
