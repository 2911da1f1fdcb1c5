import {
  useApi,
  useRouteRef,
  useRouteRefParams,
} from '@backstage/frontend-plugin-api';
import type { Cluster } from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { ClusterEngines } from '../clusters';
import { Environments } from '../environments';
import { Facts, Section } from '../layout';
import { useLiveQuery } from '../live';
import { clusterRouteRef, clustersRouteRef } from '../routes';
import { useText } from '../translation';
import { DetailPage } from './DetailPage';

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
    <DetailPage
      query={query}
      title={title}
      of={{ title: t('cluster.plural'), link: up }}
      loading={{ label: t('cluster.name'), rows: 2 }}
      failure={{
        title: t('error.clusters'),
        missing: t('error.noCluster', { cluster }),
        goOn: t('error.goToClusters'),
      }}
    >
      {value => (
        <>
          <ClusterDetails cluster={value} />
          <Environments
            key={cluster}
            scope={{ cluster }}
            showConfigRepos={false}
          />
        </>
      )}
    </DetailPage>
  );
}
