import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { EnvironmentAccess } from './environmentQuery';
import type { EnvironmentFilter, EnvironmentResource } from './types';

/** Whether an access covers an environment that the database does not know yet; as `whereAccessible` selects those that it does. */
export function accessCovers(
  access: EnvironmentAccess,
  environment: EnvironmentResource,
): boolean {
  if (access.type !== 'some') return access.type === 'all';
  return fulfils(environment, access.criteria);
}

function fulfils(
  environment: EnvironmentResource,
  criteria: PermissionCriteria<EnvironmentFilter>,
): boolean {
  if ('allOf' in criteria) {
    return criteria.allOf.every(one => fulfils(environment, one));
  }
  if ('anyOf' in criteria) {
    return criteria.anyOf.some(one => fulfils(environment, one));
  }
  if ('not' in criteria) return !fulfils(environment, criteria.not);
  const { configRepo, stage, owner, clusters } = environment;
  switch (criteria.type) {
    case 'configRepo':
      return criteria.names.includes(configRepo);
    case 'stage':
      return stage !== undefined && criteria.stages.includes(stage);
    case 'cluster':
      return (
        clusters.length > 0 &&
        clusters.every(cluster => criteria.names.includes(cluster))
      );
    case 'owner':
      return owner !== undefined && criteria.claims.includes(owner);
    default:
      throw new Error(`Unknown filter ${criteria satisfies never}`);
  }
}
