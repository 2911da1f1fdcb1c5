import { useApi } from '@backstage/frontend-plugin-api';
import { slipwayApiRef } from '../../api';
import { DiffView } from '../../history';
import { useLiveQuery } from '../../live';
import { ErrorState, LoadingRows } from '../../states';
import { useText } from '../../translation';

/** What a change that is in the branch changed, secret values masked. */
export function ChangeDiff(props: { change: number; commit: string }) {
  const { change, commit } = props;
  const api = useApi(slipwayApiRef);
  const t = useText();
  const query = useLiveQuery({
    key: JSON.stringify([change, commit]),
    fetch: () => api.getChangeDiff(change),
    // A commit never changes: no signal makes it worth another read.
    sequenceOf: () => Number.MAX_SAFE_INTEGER,
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
      return <DiffView diff={query.value} heading="h3" />;
  }
}
