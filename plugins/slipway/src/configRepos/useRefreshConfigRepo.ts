import { useCallback, useState } from 'react';
import { alertApiRef, useApi } from '@backstage/frontend-plugin-api';
import { toError } from '@backstage/errors';
import { slipwayApiRef } from '../api';
import { errorMessage } from '../states';
import { useText } from '../translation';

/** Looks at a config repo's remote now. The pages learn of what it finds by themselves. */
export function useRefreshConfigRepo(
  configRepo: string,
  onRefreshed: () => void,
) {
  const api = useApi(slipwayApiRef);
  const alertApi = useApi(alertApiRef);
  const t = useText();
  const [refreshing, setRefreshing] = useState(false);
  const refresh = useCallback(async () => {
    setRefreshing(true);
    try {
      await api.refreshConfigRepo(configRepo);
      onRefreshed();
    } catch (error) {
      alertApi.post({
        message: t('error.refresh', {
          configRepo,
          message: errorMessage(toError(error)),
        }),
        severity: 'error',
        display: 'transient',
      });
    } finally {
      setRefreshing(false);
    }
  }, [api, alertApi, configRepo, onRefreshed, t]);
  return { refreshing, refresh };
}
