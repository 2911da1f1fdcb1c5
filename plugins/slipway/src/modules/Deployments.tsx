import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Deployment,
  DeploymentPage,
  Module,
} from '@slipway/backstage-plugin-slipway-common';
import { DataTable } from '../layout';
import type { LiveQuery } from '../live';
import { EmptyPanel, StaleNote } from '../states';
import { Hint, RelativeTime, StateMark } from '../status';
import { useText } from '../translation';

const useStyles = makeStyles(
  theme => ({
    subtle: {
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
    },
    text: { minWidth: 200, overflowWrap: 'anywhere' },
  }),
  { name: 'SlipwayDeployments' },
);

type LoadedDeployments = Extract<
  LiveQuery<DeploymentPage>,
  { status: 'loaded' }
>;

function seconds(deployment: Deployment): string | undefined {
  const { finishedAt, startedAt } = deployment;
  const ms = finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : NaN;
  return Number.isFinite(ms) && ms >= 0
    ? String(Math.round(ms / 1_000))
    : undefined;
}

function DeploymentRow(props: { deployment: Deployment; several: boolean }) {
  const { deployment, several } = props;
  const { cluster, commit, namespace, revision } = deployment;
  const classes = useStyles();
  const t = useText();
  const took = seconds(deployment);
  return (
    <TableRow hover>
      <TableCell>
        <RelativeTime at={deployment.startedAt} />
        {took !== undefined && (
          <div className={classes.subtle}>
            {t('deployment.took', { seconds: took })}
          </div>
        )}
      </TableCell>
      {several && (
        <TableCell>
          {cluster}/{namespace}
        </TableCell>
      )}
      <TableCell className={classes.text}>
        {commit ? (
          <Hint hint={`${commit.commit.slice(0, 7)} · ${commit.authorName}`}>
            {commit.subject}
          </Hint>
        ) : (
          <code>{revision?.slice(0, 7)}</code>
        )}
      </TableCell>
      <TableCell>
        <StateMark of="phase" state={deployment.phase} />
      </TableCell>
      <TableCell>
        {deployment.initiatedBy ?? (
          <span className={classes.subtle}>{t('deployment.automatic')}</span>
        )}
      </TableCell>
      <TableCell className={classes.text}>{deployment.message}</TableCell>
    </TableRow>
  );
}

/** What landed in the module, newest first, failed ones included. */
export function Deployments(props: {
  module: Module;
  query: LoadedDeployments;
  onMore: () => void;
}) {
  const { module, query, onMore } = props;
  const t = useText();
  const { items, nextCursor } = query.value;
  if (items.length === 0) {
    return (
      <EmptyPanel
        title={t('deployment.emptyTitle')}
        text={t('deployment.empty')}
      />
    );
  }
  const several = module.states.length > 1;
  const columns = [
    t('deployment.when'),
    ...(several ? [t('deployment.target')] : []),
    t('deployment.commit'),
    t('deployment.phase'),
    t('deployment.by'),
    t('deployment.message'),
  ];
  return (
    <>
      {query.refetchError && (
        <StaleNote
          error={query.refetchError}
          loadedAt={query.loadedAt}
          onRetry={query.refetch}
        />
      )}
      <TableContainer>
        <DataTable size="small" aria-label={t('deployment.list')}>
          <TableHead>
            <TableRow>
              {columns.map(column => (
                <TableCell key={column} scope="col">
                  {column}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {items.map(deployment => (
              <DeploymentRow
                key={deployment.id}
                deployment={deployment}
                several={several}
              />
            ))}
          </TableBody>
        </DataTable>
      </TableContainer>
      {nextCursor && (
        <Box p={1}>
          <Button size="small" onClick={onMore}>
            {t('deployment.more')}
          </Button>
        </Box>
      )}
    </>
  );
}
