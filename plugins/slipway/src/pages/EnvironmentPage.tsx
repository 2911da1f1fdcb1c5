import { useMemo } from 'react';
import Box from '@material-ui/core/Box';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { Link } from '@backstage/core-components';
import {
  useApi,
  useRouteRef,
  useRouteRefParams,
} from '@backstage/frontend-plugin-api';
import type {
  Environment,
  Target,
} from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { Changes } from '../changes/list';
import { CopyButton } from '../copy';
import { ClusterName, DeployStatus } from '../environments';
import { FindingsTable } from '../findings';
import { DataTable, Facts, Section } from '../layout';
import { useLiveQuery } from '../live';
import { Modules, ModuleTabs } from '../modules';
import {
  configRepoRouteRef,
  environmentCompareRouteRef,
  environmentFilesRouteRef,
  environmentRouteRef,
} from '../routes';
import { Age, RelativeTime, StateMark } from '../status';
import { useText } from '../translation';
import { DetailPage } from './DetailPage';

function TargetsTable(props: { targets: Target[] }) {
  const t = useText();
  return (
    <TableContainer>
      <DataTable size="small" aria-label={t('environment.targets')}>
        <TableHead>
          <TableRow>
            <TableCell scope="col">{t('environments.cluster')}</TableCell>
            <TableCell scope="col">{t('environments.namespace')}</TableCell>
            <TableCell scope="col">{t('cluster.connection')}</TableCell>
            <TableCell scope="col">{t('cluster.heard')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.targets.map(target => (
            <TableRow key={`${target.cluster}/${target.namespace}`}>
              <TableCell component="th" scope="row" variant="body">
                <ClusterName
                  name={target.cluster}
                  title={target.clusterTitle}
                />
              </TableCell>
              <TableCell>{target.namespace}</TableCell>
              <TableCell>
                <StateMark of="connection" state={target.connection} />
              </TableCell>
              <TableCell>
                <Age
                  asOf={target.asOf}
                  offline={target.connection === 'Unreachable'}
                  evenFresh
                />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </DataTable>
    </TableContainer>
  );
}

function EnvironmentDetails(props: { environment: Environment }) {
  const { environment } = props;
  const t = useText();
  const link = useRouteRef(configRepoRouteRef);
  const filesLink = useRouteRef(environmentFilesRouteRef);
  const compareLink = useRouteRef(environmentCompareRouteRef);
  const { configRepo, lastChange, stage } = environment;
  const scope = useMemo(
    () => ({ configRepo, environment: environment.name }),
    [configRepo, environment.name],
  );
  return (
    <>
      <Section padded>
        <Facts
          facts={[
            {
              label: t('environments.deployStatus'),
              value: <DeployStatus environment={environment} />,
            },
            { label: t('environment.stage'), value: stage },
            {
              label: t('environment.configRepo'),
              value: link ? (
                <Link to={link({ configRepo })}>{configRepo}</Link>
              ) : (
                configRepo
              ),
            },
            {
              label: t('environments.path'),
              value: <code>{environment.path}</code>,
            },
            {
              label: t('files.title'),
              value: filesLink && (
                <Link
                  to={filesLink({ configRepo, environment: environment.name })}
                >
                  {environment.files === undefined
                    ? t('files.title')
                    : t('environments.files', { count: environment.files })}
                </Link>
              ),
            },
            {
              label: t('compare.title'),
              value: compareLink && (
                <Link
                  to={compareLink({
                    configRepo,
                    environment: environment.name,
                  })}
                >
                  {t('compare.entry')}
                </Link>
              ),
            },
            {
              label: t('environments.description'),
              value: environment.description,
            },
            { label: t('environments.version'), value: environment.version },
            {
              label: t('environments.lastChange'),
              value: lastChange && (
                <>
                  <RelativeTime at={lastChange.at} /> · {lastChange.authorName}{' '}
                  · {lastChange.subject}
                </>
              ),
            },
          ]}
        />
        <Box mt={2}>
          <CopyButton configRepo={configRepo} environment={environment.name} />
        </Box>
      </Section>
      {environment.findings.length > 0 && (
        <Section title={t('environment.findings')}>
          <FindingsTable
            findings={environment.findings}
            label={t('environment.findings')}
          />
        </Section>
      )}
      <ModuleTabs
        label={t('changes.environmentTabs')}
        tabs={[
          {
            name: 'modules',
            title: t('environment.modules'),
            content: (
              <>
                <Section titleHidden title={t('environment.modules')}>
                  <Modules scope={scope} />
                </Section>
                {environment.targets.length > 0 && (
                  <Section title={t('environment.targets')}>
                    <TargetsTable targets={environment.targets} />
                  </Section>
                )}
              </>
            ),
          },
          {
            name: 'changes',
            title: t('changes.title'),
            content: (
              <Section titleHidden title={t('changes.title')}>
                <Changes scope={scope} />
              </Section>
            ),
          },
        ]}
      />
    </>
  );
}

/** One environment: whether it is deployed and why not, its modules, its targets. */
export function EnvironmentPage() {
  const { configRepo, environment } = useRouteRefParams(environmentRouteRef);
  const api = useApi(slipwayApiRef);
  const t = useText();
  const link = useRouteRef(configRepoRouteRef);
  const up = link?.({ configRepo });
  const query = useLiveQuery({
    key: JSON.stringify([configRepo, environment]),
    fetch: () => api.getEnvironment({ configRepo, environment }),
  });
  const title =
    query.status === 'loaded'
      ? query.value.title ?? query.value.name
      : environment;
  return (
    <DetailPage
      query={query}
      title={title}
      note={
        query.status === 'loaded' &&
        !query.value.managed &&
        t('environment.unmanaged')
      }
      of={{ title: configRepo, link: up }}
      loading={{ label: t('environment.title') }}
      failure={{
        title: t('error.environments'),
        missing: t('error.noEnvironment', { configRepo, environment }),
        goOn: t('error.goToConfigRepo'),
      }}
    >
      {value => <EnvironmentDetails environment={value} />}
    </DetailPage>
  );
}
