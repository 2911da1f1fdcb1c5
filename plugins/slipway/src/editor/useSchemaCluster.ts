import { useEnvironment } from '../environments/useEnvironment';

/** The cluster whose kinds the files of an environment are written for: that of its first target. Without one, files are edited without schemas. */
export function useSchemaCluster(
  configRepo: string,
  environment: string | undefined,
): string | undefined {
  return useEnvironment(configRepo, environment)?.targets[0]?.cluster;
}
