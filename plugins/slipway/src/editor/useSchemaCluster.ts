import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { slipwayApiRef } from '../api';

/** The cluster whose kinds the files of an environment are written for: that of its first target. */
export function useSchemaCluster(
  configRepo: string,
  environment: string | undefined,
): string | undefined {
  const api = useApi(slipwayApiRef);
  const [cluster, setCluster] = useState<string>();
  useEffect(() => {
    let current = true;
    setCluster(undefined);
    if (environment) {
      api.getEnvironment({ configRepo, environment }).then(
        ({ targets }) => current && setCluster(targets[0]?.cluster),
        // Editing goes on without schemas.
        () => undefined,
      );
    }
    return () => {
      current = false;
    };
  }, [api, configRepo, environment]);
  return cluster;
}
