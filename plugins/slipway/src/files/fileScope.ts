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
