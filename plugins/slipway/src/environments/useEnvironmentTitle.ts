import { useEnvironment } from './useEnvironment';

/** What people call an environment; its name until that is known, and where it has no title. */
export function useEnvironmentTitle(
  configRepo: string,
  environment: string,
): string {
  return useEnvironment(configRepo, environment)?.title ?? environment;
}
