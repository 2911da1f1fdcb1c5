import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { slipwayApiRef } from '../api';

/** What people call an environment; its name until that is known, and where it has no title. */
export function useEnvironmentTitle(
  configRepo: string,
  environment: string,
): string {
  const api = useApi(slipwayApiRef);
  const [title, setTitle] = useState<string>();
  useEffect(() => {
    let current = true;
    setTitle(undefined);
    api.getEnvironment({ configRepo, environment }).then(
      found => current && setTitle(found.title),
      // The page itself says what is wrong.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [api, configRepo, environment]);
  return title ?? environment;
}
