import Box from '@material-ui/core/Box';
import { Content, Header, LinkButton, Page } from '@backstage/core-components';
import {
  useApi,
  useRouteRef,
  useRouteRefParams,
} from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { ConfigRepo } from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { ConfigRepoFailure, ConfigRepoLine } from '../configRepos';
import { Environments } from '../environments';
import { FindingsTable } from '../findings';
import { Body, Facts, Section } from '../layout';
import { useLiveQuery } from '../live';
import { configRepoRouteRef, configReposRouteRef } from '../routes';
import { RelativeTime } from '../status';
import { ErrorState, LoadingRows, StaleNote } from '../states';
import { useText } from '../translation';

function ConfigRepoDetails(props: {
  configRepo: ConfigRepo;
  onRefreshed: () => void;
}) {
  const { configRepo, onRefreshed } = props;
  const t = useText();
  const { findings, head, owner, stages } = configRepo;
  return (
    <>
      {configRepo.status.state === 'Failed' && (
        <Box mb={2}>
          <ConfigRepoFailure configRepo={configRepo} />
        </Box>
      )}
      <Section padded>
        <Box mb={1.5}>
          <ConfigRepoLine configRepo={configRepo} onRefreshed={onRefreshed} />
        </Box>
        <Facts
          facts={[
            { label: t('configRepo.url'), value: configRepo.url },
            { label: t('configRepo.branch'), value: configRepo.branch },
            {
              label: t('configRepo.head'),
              value: head && (
                <>
                  <code>{head.commit.slice(0, 7)}</code> {head.subject} ·{' '}
                  {head.authorName} · <RelativeTime at={head.at} />
                </>
              ),
            },
            {
              label: t('configRepo.owner'),
              value: owner && <EntityRefLink entityRef={owner} />,
            },
            { label: t('configRepo.stages'), value: stages.join(' → ') },
          ]}
        />
      </Section>
      <Section title={t('configRepo.findings')} padded={findings.length === 0}>
        {findings.length === 0 ? (
          t('configRepo.noFindings')
        ) : (
          <FindingsTable findings={findings} label={t('configRepo.findings')} />
        )}
      </Section>
    </>
  );
}

/** One config repo: can it be read, what should be mended in it, and its environments. */
export function ConfigRepoPage() {
  const { configRepo } = useRouteRefParams(configRepoRouteRef);
  const api = useApi(slipwayApiRef);
  const t = useText();
  const up = useRouteRef(configReposRouteRef)?.();
  const query = useLiveQuery({
    key: configRepo,
    fetch: () => api.getConfigRepo(configRepo),
  });
  const title =
    query.status === 'loaded' ? query.value.title ?? configRepo : configRepo;
  return (
    <Page themeId="tool">
      <Header title={title} type={t('configRepo.plural')} typeLink={up} />
      <Content>
        <Body>
          {query.status === 'loading' && (
            <LoadingRows label={t('configRepo.title')} rows={2} />
          )}
          {query.status === 'error' && (
            <ErrorState
              error={query.error}
              title={t('error.configRepos')}
              permission="slipway.environment.read"
              onRetry={query.refetch}
              missing={t('error.noConfigRepo', { configRepo })}
            >
              {up && (
                <LinkButton to={up} variant="outlined">
                  {t('error.goToConfigRepos')}
                </LinkButton>
              )}
            </ErrorState>
          )}
          {query.status === 'loaded' && (
            <>
              {query.refetchError && (
                <StaleNote
                  error={query.refetchError}
                  loadedAt={query.loadedAt}
                  onRetry={query.refetch}
                />
              )}
              <ConfigRepoDetails
                configRepo={query.value}
                onRefreshed={query.refetch}
              />
              <Environments
                key={configRepo}
                scope={{ configRepo }}
                showConfigRepos={false}
              />
            </>
          )}
        </Body>
      </Content>
    </Page>
  );
}
