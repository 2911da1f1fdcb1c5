import Box from '@material-ui/core/Box';
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
import { Facts, Section } from '../layout';
import { useLiveQuery } from '../live';
import { configRepoRouteRef, configReposRouteRef } from '../routes';
import { RelativeTime } from '../status';
import { useText } from '../translation';
import { DetailPage } from './DetailPage';

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
    <DetailPage
      query={query}
      title={title}
      of={{ title: t('configRepo.plural'), link: up }}
      loading={{ label: t('configRepo.title'), rows: 2 }}
      failure={{
        title: t('error.configRepos'),
        missing: t('error.noConfigRepo', { configRepo }),
        goOn: t('error.goToConfigRepos'),
      }}
    >
      {(value, refetch) => (
        <>
          <ConfigRepoDetails configRepo={value} onRefreshed={refetch} />
          <Environments
            key={configRepo}
            scope={{ configRepo }}
            showConfigRepos={false}
          />
        </>
      )}
    </DetailPage>
  );
}
