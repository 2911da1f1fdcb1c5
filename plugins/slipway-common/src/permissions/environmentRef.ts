import { InputError } from '@backstage/errors';

/**
 * Names one environment of one config repo.
 *
 * @public
 */
export interface EnvironmentRef {
  configRepo: string;
  environment: string;
}

/**
 * The resource ref of an environment, as policies and rules see it: `shop/prod1`.
 *
 * @throws InputError when a part is empty, or the config repo's name holds a slash and could not be told apart
 * @public
 */
export function stringifyEnvironmentRef(ref: EnvironmentRef): string {
  const { configRepo, environment } = ref;
  if (!configRepo || !environment || configRepo.includes('/')) {
    throw new InputError(
      `Not an environment: config repo '${configRepo}', environment '${environment}'. Both are needed, and a config repo's name has no slash.`,
    );
  }
  return `${configRepo}/${environment}`;
}

/**
 * The inverse of {@link stringifyEnvironmentRef}. An environment that is known by its path only may have slashes in its name.
 *
 * @throws InputError
 * @public
 */
export function parseEnvironmentRef(ref: string): EnvironmentRef {
  const slash = ref.indexOf('/');
  if (slash <= 0 || slash === ref.length - 1) {
    throw new InputError(
      `Not an environment: '${ref}'. Write <config repo>/<environment>, as in shop/prod1.`,
    );
  }
  return {
    configRepo: ref.slice(0, slash),
    environment: ref.slice(slash + 1),
  };
}
