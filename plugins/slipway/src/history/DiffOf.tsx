import { useApi } from '@backstage/frontend-plugin-api';
import type { GetDiff } from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { useLiveQuery } from '../live';
import { ErrorState, LoadingRows } from '../states';
import { useText } from '../translation';
import { DiffView } from './DiffView';

/** A diff that is asked for when it is shown. */
export function DiffOf(props: { configRepo: string; query: GetDiff['query'] }) {
  const { configRepo, query: asked } = props;
  const api = useApi(slipwayApiRef);
  const t = useText();
  const query = useLiveQuery({
    key: JSON.stringify([configRepo, asked]),
    fetch: () => api.getDiff(configRepo, asked),
  });
  switch (query.status) {
    case 'loading':
      return <LoadingRows label={t('diff.loading')} />;
    case 'error':
      return (
        <ErrorState
          error={query.error}
          title={t('diff.error')}
          permission="slipway.file.read"
          onRetry={query.refetch}
        />
      );
    default:
      return <DiffView diff={query.value} />;
  }
}
