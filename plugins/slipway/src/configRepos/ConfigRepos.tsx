import Paper from '@material-ui/core/Paper';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { Link } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import type { ConfigRepo } from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { DataTable } from '../layout';
import { listAll, useLiveQuery } from '../live';
import { configRepoRouteRef } from '../routes';
import { RelativeTime, StateMark } from '../status';
import { EmptyPanel, Loaded } from '../states';
import { useText } from '../translation';

function ConfigRepoRow(props: { configRepo: ConfigRepo }) {
  const { configRepo } = props;
  const t = useText();
  const link = useRouteRef(configRepoRouteRef);
  const { head, status } = configRepo;
  const name = configRepo.title ?? configRepo.name;
  return (
    <TableRow hover>
      <TableCell component="th" scope="row" variant="body">
        {link ? (
          <Link to={link({ configRepo: configRepo.name })}>{name}</Link>
        ) : (
          name
        )}
      </TableCell>
      <TableCell>
        <StateMark of="repo" state={status.state} reason={status.reason} />
      </TableCell>
      <TableCell>
        {head
          ? t('configRepo.headline', {
              branch: configRepo.branch,
              commit: head.commit.slice(0, 7),
            })
          : configRepo.branch}
      </TableCell>
      <TableCell>
        {status.lastReachedAt ? (
          <RelativeTime at={status.lastReachedAt} />
        ) : (
          t('configRepo.never')
        )}
      </TableCell>
      <TableCell align="right">{configRepo.environments}</TableCell>
      <TableCell align="right">{configRepo.unmanagedEnvironments}</TableCell>
      <TableCell align="right">{configRepo.findings.length}</TableCell>
    </TableRow>
  );
}

/** All config repos with their status. */
export function ConfigRepos() {
  const api = useApi(slipwayApiRef);
  const t = useText();
  const query = useLiveQuery({
    key: 'configRepos',
    fetch: () => listAll(page => api.listConfigRepos(page)),
    sequenceOf: page => page.sequence,
  });

  return (
    <Loaded
      query={query}
      loading={{ label: t('configRepo.list') }}
      failure={{ title: t('error.configRepos') }}
    >
      {({ value }) => (
        <TableContainer component={Paper} variant="outlined">
          {value.items.length === 0 ? (
            <EmptyPanel
              title={t('empty.configReposTitle')}
              text={t('empty.configRepos')}
            />
          ) : (
            <DataTable aria-label={t('configRepo.list')}>
              <TableHead>
                <TableRow>
                  <TableCell scope="col">{t('configRepo.name')}</TableCell>
                  <TableCell scope="col">{t('configRepo.status')}</TableCell>
                  <TableCell scope="col">{t('configRepo.head')}</TableCell>
                  <TableCell scope="col">{t('configRepo.reached')}</TableCell>
                  <TableCell scope="col" align="right">
                    {t('configRepo.environments')}
                  </TableCell>
                  <TableCell scope="col" align="right">
                    {t('environment.unmanaged')}
                  </TableCell>
                  <TableCell scope="col" align="right">
                    {t('configRepo.findings')}
                  </TableCell>
                </TableRow>
              </TableHead>
              <TableBody>
                {value.items.map(configRepo => (
                  <ConfigRepoRow
                    key={configRepo.name}
                    configRepo={configRepo}
                  />
                ))}
              </TableBody>
            </DataTable>
          )}
        </TableContainer>
      )}
    </Loaded>
  );
}
