import { Content, Header, LinkButton, Page } from '@backstage/core-components';
import {
  useApi,
  useRouteRef,
  useRouteRefParams,
} from '@backstage/frontend-plugin-api';
import type { Cluster } from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { ClusterEngines } from '../clusters';
import { Environments } from '../environments';
import { Body, Facts, Section } from '../layout';
import { useLiveQuery } from '../live';
import { clusterRouteRef, clustersRouteRef } from '../routes';
import { ErrorState, LoadingRows, StaleNote } from '../states';
import { useText } from '../translation';

function ClusterDetails(props: { cluster: Cluster }) {
  const { engines, environments, kubernetesVersion, modules, name } =
    props.cluster;
  const t = useText();
  return (
    <>
      <Section padded>
        <Facts
          facts={[
            { label: t('cluster.name'), value: <code>{name}</code> },
            { label: t('cluster.kubernetes'), value: kubernetesVersion },
            { label: t('cluster.environments'), value: environments },
            { label: t('cluster.modules'), value: modules },
          ]}
        />
      </Section>
      <Section title={t('cluster.engines')} padded={engines.length === 0}>
        {engines.length === 0 ? (
          t('cluster.noEngineText')
        ) : (
          <ClusterEngines engines={engines} />
        )}
      </Section>
    </>
  );
}

/** One cluster: whether its sync engines are heard, and the environments that are delivered to it. */
export function ClusterPage() {
  const { cluster } = useRouteRefParams(clusterRouteRef);
  const api = useApi(slipwayApiRef);
  const t = useText();
  const up = useRouteRef(clustersRouteRef)?.();
  const query = useLiveQuery({
    key: cluster,
    fetch: () => api.getCluster(cluster),
  });
  const title =
    query.status === 'loaded' ? query.value.title ?? cluster : cluster;
  return (
    <Page themeId="tool">
      <Header title={title} type={t('cluster.plural')} typeLink={up} />
      <Content>
        <Body>
          {query.status === 'loading' && (
            <LoadingRows label={t('cluster.name')} rows={2} />
          )}
          {query.status === 'error' && (
            <ErrorState
              error={query.error}
              title={t('error.clusters')}
              permission="slipway.environment.read"
              onRetry={query.refetch}
              missing={t('error.noCluster', { cluster })}
            >
              {up && (
                <LinkButton to={up} variant="outlined">
                  {t('error.goToClusters')}
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
              <ClusterDetails cluster={query.value} />
              <Environments
                key={cluster}
                scope={{ cluster }}
                showConfigRepos={false}
              />
            </>
          )}
        </Body>
      </Content>
    </Page>
  );
}
