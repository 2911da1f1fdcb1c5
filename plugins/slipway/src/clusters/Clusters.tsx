import Paper from '@material-ui/core/Paper';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import type {
  Cluster,
  ClusterEngine,
} from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { ClusterName } from '../environments';
import { clusterRouteRef } from '../routes';
import { DataTable } from '../layout';
import { listAll, useLiveQuery } from '../live';
import { Age, reasonText, StateMark } from '../status';
import { EmptyPanel, Loaded } from '../states';
import { useLanguage, useText } from '../translation';
import { EngineTitle } from './EngineTitle';

const useStyles = makeStyles(
  theme => ({
    head: { '& th': { whiteSpace: 'nowrap' } },
    // A cluster may have several rows: a line between clusters tells them apart, not stripes.
    row: { '&&': { backgroundColor: 'transparent' } },
    first: { borderTop: `1px solid ${theme.palette.divider}` },
    name: { minWidth: 120 },
  }),
  { name: 'SlipwayClusters' },
);

function EngineCells(props: { engine?: ClusterEngine }) {
  const { engine } = props;
  const t = useText();
  const language = useLanguage();
  if (!engine) {
    return <TableCell colSpan={4}>{t('cluster.noEngine')}</TableCell>;
  }
  const { asOf, connection, objects, reason, since } = engine;
  return (
    <>
      <TableCell>
        <EngineTitle engine={engine} />
      </TableCell>
      <TableCell>
        <StateMark
          of="connection"
          state={connection}
          since={since}
          reason={reason}
          detail={reason && `· ${reasonText(t, reason, language)}`}
        />
      </TableCell>
      <TableCell>
        <Age asOf={asOf} offline={connection === 'Unreachable'} evenFresh />
      </TableCell>
      <TableCell align="right">{objects ?? '–'}</TableCell>
    </>
  );
}

function ClusterRows(props: { cluster: Cluster }) {
  const { cluster } = props;
  const classes = useStyles();
  const link = useRouteRef(clusterRouteRef);
  const name = <ClusterName name={cluster.name} title={cluster.title} />;
  const [first, ...others] = cluster.engines;
  const span = Math.max(1, cluster.engines.length);
  return (
    <>
      <TableRow className={`${classes.row} ${classes.first}`}>
        <TableCell
          component="th"
          scope="row"
          variant="body"
          rowSpan={span}
          className={classes.name}
        >
          {link ? (
            <Link to={link({ cluster: cluster.name })}>{name}</Link>
          ) : (
            name
          )}
        </TableCell>
        <EngineCells engine={first} />
        <TableCell rowSpan={span}>{cluster.kubernetesVersion}</TableCell>
        <TableCell align="right" rowSpan={span}>
          {cluster.environments}
        </TableCell>
        <TableCell align="right" rowSpan={span}>
          {cluster.modules}
        </TableCell>
      </TableRow>
      {others.map(engine => (
        <TableRow key={engine.kind} className={classes.row}>
          <EngineCells engine={engine} />
        </TableRow>
      ))}
    </>
  );
}

/** All clusters with the connection of each sync engine. */
export function Clusters() {
  const api = useApi(slipwayApiRef);
  const classes = useStyles();
  const t = useText();
  const query = useLiveQuery({
    key: 'clusters',
    fetch: () => listAll(page => api.listClusters(page)),
    sequenceOf: page => page.sequence,
  });

  return (
    <Loaded
      query={query}
      loading={{ label: t('cluster.list') }}
      failure={{ title: t('error.clusters') }}
    >
      {({ value }) => (
        <TableContainer component={Paper} variant="outlined">
          {value.items.length === 0 ? (
            <EmptyPanel
              title={t('empty.clustersTitle')}
              text={t('empty.clusters')}
            />
          ) : (
            <DataTable aria-label={t('cluster.list')}>
              <TableHead className={classes.head}>
                <TableRow>
                  <TableCell scope="col">{t('cluster.name')}</TableCell>
                  <TableCell scope="col">{t('cluster.engine')}</TableCell>
                  <TableCell scope="col">{t('cluster.connection')}</TableCell>
                  <TableCell scope="col">{t('cluster.heard')}</TableCell>
                  <TableCell scope="col" align="right">
                    {t('cluster.objects')}
                  </TableCell>
                  <TableCell scope="col">{t('cluster.kubernetes')}</TableCell>
                  <TableCell scope="col" align="right">
                    {t('cluster.environments')}
                  </TableCell>
                  <TableCell scope="col" align="right">
                    {t('cluster.modules')}
                  </TableCell>
                </TableRow>
              </TableHead>
              <TableBody>
                {value.items.map(cluster => (
                  <ClusterRows key={cluster.name} cluster={cluster} />
                ))}
              </TableBody>
            </DataTable>
          )}
        </TableContainer>
      )}
    </Loaded>
  );
}
