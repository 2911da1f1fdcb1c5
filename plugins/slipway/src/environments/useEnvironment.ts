import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { Environment } from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';

/**
 * What is known of the environment that something else on the page is about. Absent until it is
 * read, and where it cannot be: the page goes on without, and says itself what is wrong.
 */
export function useEnvironment(
  configRepo: string,
  environment: string | undefined,
): Environment | undefined {
  const api = useApi(slipwayApiRef);
  const [found, setFound] = useState<Environment>();
  useEffect(() => {
    let current = true;
    setFound(undefined);
    if (environment) {
      api.getEnvironment({ configRepo, environment }).then(
        read => current && setFound(read),
        () => undefined,
      );
    }
    return () => {
      current = false;
    };
  }, [api, configRepo, environment]);
  return found;
}
