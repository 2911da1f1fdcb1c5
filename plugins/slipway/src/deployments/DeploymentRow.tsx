import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { Deployment } from '@slipway/backstage-plugin-slipway-common';
import { ChangeLink } from '../changes/ChangeLink';
import { shortCommit } from '../history/CommitTable';
import { Images } from '../modules/Images';
import { durationText, Hint, RelativeTime, StateMark } from '../status';
import { useLanguage, useText } from '../translation';

const useStyles = makeStyles(
  theme => ({
    // Marked beside the word and its icon, so that failures stand out in a long list.
    failed: {
      '& > :first-child': {
        boxShadow: `inset 3px 0 ${theme.palette.status.error}`,
      },
    },
    subtle: {
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
    },
    text: { minWidth: 160, overflowWrap: 'anywhere' },
    images: {
      fontFamily: 'monospace',
      fontSize: theme.typography.caption.fontSize,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'SlipwayDeploymentRow' },
);

const personRef = /^user:[^\s/]+\/[^\s/]+$/i;

function Initiator(props: { initiatedBy?: string }) {
  const { initiatedBy } = props;
  const classes = useStyles();
  const t = useText();
  if (!initiatedBy) {
    return <span className={classes.subtle}>{t('deployments.automatic')}</span>;
  }
  return personRef.test(initiatedBy) ? (
    <EntityRefLink entityRef={initiatedBy} />
  ) : (
    <>{initiatedBy}</>
  );
}

function Revision(props: { deployment: Deployment }) {
  const { commit, revision } = props.deployment;
  if (commit) {
    return (
      <Hint hint={`${shortCommit(commit.commit)} · ${commit.authorName}`}>
        {commit.subject}
      </Hint>
    );
  }
  // Helm versions are short and whole; commit ids are not.
  return revision ? (
    <code>
      {/^[0-9a-f]{40}$/.test(revision) ? shortCommit(revision) : revision}
    </code>
  ) : null;
}

function tookOf({ finishedAt, startedAt }: Deployment): number | undefined {
  const ms = finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : NaN;
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

/** Something that landed in a module, or did not. */
export function DeploymentRow(props: {
  deployment: Deployment;
  /** Images are listed where the engine tells them. */
  images: boolean;
}) {
  const { deployment, images } = props;
  const { change, cluster, message, namespace, phase } = deployment;
  const classes = useStyles();
  const t = useText();
  const language = useLanguage();
  const took = tookOf(deployment);
  const failed = phase === 'Failed' || phase === 'Error';
  return (
    <TableRow hover className={failed ? classes.failed : undefined}>
      <TableCell>
        <RelativeTime at={deployment.startedAt} />
        {took !== undefined && (
          <div className={classes.subtle}>
            {t('deployments.took', {
              // Engines tell whole seconds.
              duration:
                took < 1000
                  ? t('deployments.underSecond')
                  : durationText(took, language),
            })}
          </div>
        )}
      </TableCell>
      <TableCell>
        <StateMark of="phase" state={phase} />
      </TableCell>
      <TableCell className={classes.text}>
        <Revision deployment={deployment} />
        {change !== undefined && (
          <div className={classes.subtle}>
            <ChangeLink change={change}>
              {t('history.change', { change: String(change) })}
            </ChangeLink>
          </div>
        )}
      </TableCell>
      <TableCell>
        {cluster}/{namespace}
      </TableCell>
      <TableCell>
        <Initiator initiatedBy={deployment.initiatedBy} />
      </TableCell>
      {images && (
        <TableCell className={classes.images}>
          <Images images={deployment.images ?? []} />
        </TableCell>
      )}
      <TableCell className={classes.text}>{message}</TableCell>
    </TableRow>
  );
}
