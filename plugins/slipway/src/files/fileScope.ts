import type { FilePage } from '@slipway/backstage-plugin-slipway-common';

/** Whose files a page is about: those of the modules that a catalog entity's annotations choose, of one environment, or of one module. */
export type FileScope =
  | { entityRef: string }
  | { configRepo: string; environment: string; module?: string };

/** The scope as the API asks for it. */
export function scopeQuery(scope: FileScope) {
  return 'entityRef' in scope
    ? { entityRef: scope.entityRef }
    : {
        configRepo: [scope.configRepo],
        environment: [scope.environment],
        ...(scope.module && { module: [scope.module] }),
      };
}

/** Environments of the scope, of all that the API tells of. */
export function environmentsIn(
  scope: FileScope,
  environments: FilePage['environments'],
): FilePage['environments'] {
  if ('entityRef' in scope) return environments;
  const { configRepo, environment, module } = scope;
  return environments
    .filter(one => one.configRepo === configRepo && one.name === environment)
    .map(one => (module ? { ...one, modules: [module] } : one));
}
