import Box from '@material-ui/core/Box';
import { Content, Header, LinkButton, Page } from '@backstage/core-components';
import { useRouteRef, useRouteRefParams } from '@backstage/frontend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { ChangeDetails } from '../changes/page';
import { useChange } from '../changes/timeline';
import { Body } from '../layout';
import { changesRouteRef, changeRouteRef } from '../routes';
import { ErrorState, LiveRegion, LoadingRows, StaleNote } from '../states';
import { useText } from '../translation';

function KnownChange(props: { change: number }) {
  const { change } = props;
  const t = useText();
  const up = useRouteRef(changesRouteRef)?.();
  const query = useChange(change);
  const summary = query.status === 'loaded' ? query.value.summary : undefined;
  const titled = t('change.titled', { change: String(change) });
  return (
    <Page themeId="tool">
      <Header
        title={summary?.title ?? titled}
        type={t('changes.title')}
        typeLink={up}
        subtitle={summary && titled}
      />
      <Content>
        <Body>
          {query.status === 'loading' && (
            <LoadingRows label={t('change.loading')} />
          )}
          {query.status === 'error' && (
            <ErrorState
              error={query.error}
              title={t('change.error')}
              permission="slipway.environment.read"
              onRetry={query.refetch}
              missing={t('error.noChange', { change: titled })}
            >
              {up && (
                <LinkButton to={up} variant="outlined">
                  {t('error.goToChanges')}
                </LinkButton>
              )}
            </ErrorState>
          )}
          {query.status === 'loaded' && (
            <>
              {query.refetchError && (
                <Box mb={2}>
                  <StaleNote
                    error={query.refetchError}
                    loadedAt={query.loadedAt}
                    onRetry={query.refetch}
                  />
                </Box>
              )}
              <ChangeDetails change={query.value} />
              <LiveRegion
                sequence={query.value.summary.state}
                quietMs={0}
                message={t('timeline.announced', {
                  change: String(change),
                  state: t(`changeState.${query.value.summary.state}`),
                })}
              />
            </>
          )}
        </Body>
      </Content>
    </Page>
  );
}

function UnknownChange(props: { name: string }) {
  const t = useText();
  const up = useRouteRef(changesRouteRef)?.();
  return (
    <Page themeId="tool">
      <Header title={props.name} type={t('changes.title')} typeLink={up} />
      <Content>
        <ErrorState
          error={new NotFoundError(props.name)}
          title={t('change.error')}
          permission="slipway.environment.read"
          onRetry={() => {}}
          missing={t('error.noChange', { change: props.name })}
        >
          {up && (
            <LinkButton to={up} variant="outlined">
              {t('error.goToChanges')}
            </LinkButton>
          )}
        </ErrorState>
      </Content>
    </Page>
  );
}

/** One change: what, who and why, how far it is, and what became of it on each target. */
export function ChangePage() {
  const { change } = useRouteRefParams(changeRouteRef);
  return /^[1-9]\d{0,14}$/.test(change) ? (
    <KnownChange key={change} change={Number(change)} />
  ) : (
    <UnknownChange name={change} />
  );
}
