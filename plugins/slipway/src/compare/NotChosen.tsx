import { NotFoundError } from '@backstage/errors';
import type { Environment } from '@slipway/backstage-plugin-slipway-common';
import type { LiveQuery } from '../live';
import { EmptyPanel, ErrorState, LoadingRows } from '../states';
import { useText } from '../translation';

/** Before there is something to compare with: asks for it, or says why there is nothing to choose. */
export function NotChosen(props: {
  environment: string;
  query: LiveQuery<Environment[]>;
}) {
  const { environment, query } = props;
  const t = useText();
  if (query.status === 'loading') {
    return <LoadingRows label={t('environments.loading')} rows={2} />;
  }
  const missing =
    query.status === 'loaded' &&
    !query.value.some(({ name }) => name === environment);
  if (query.status === 'error' || missing) {
    return (
      <ErrorState
        error={
          query.status === 'error'
            ? query.error
            : new NotFoundError(environment)
        }
        title={t('compare.environmentsError')}
        permission="slipway.environment.read"
        onRetry={query.refetch}
      />
    );
  }
  return query.value.length > 1 ? (
    <EmptyPanel title={t('compare.chooseTitle')} text={t('compare.choose')} />
  ) : (
    <EmptyPanel title={t('compare.noOtherTitle')} text={t('compare.noOther')} />
  );
}
