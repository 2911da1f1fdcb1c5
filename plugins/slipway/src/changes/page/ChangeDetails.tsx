import Grid from '@material-ui/core/Grid';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import type { Change } from '@slipway/backstage-plugin-slipway-common';
import { CopiedFiles } from '../../copy/files';
import { Section } from '../../layout';
import { RelativeTime, StateMark } from '../../status';
import { useText } from '../../translation';
import { RollbackButton } from '../rollback';
import { FailureText, TimelineSteps } from '../timeline';
import { ChangeAttempts } from './ChangeAttempts';
import { ChangeCommits } from './ChangeCommits';
import { ChangeDiff } from './ChangeDiff';
import { ChangeFacts } from './ChangeFacts';
import { ChangeFiles } from './ChangeFiles';
import { ChangeTargets } from './ChangeTargets';

const useStyles = makeStyles(
  theme => ({
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1, 3),
      marginBottom: theme.spacing(2),
      fontSize: theme.typography.body1.fontSize,
    },
    notes: {
      display: 'grid',
      gap: theme.spacing(1),
      '&:not(:empty)': { marginBottom: theme.spacing(2) },
    },
    subtle: { color: theme.palette.textSubtle },
  }),
  { name: 'SlipwayChangeDetails' },
);

function Notes(props: { change: Change }) {
  const { change } = props;
  const { kind, reason, state } = change.summary;
  const classes = useStyles();
  const t = useText();
  const wrong =
    state === 'Failed' || state === 'Degraded' || state === 'TimedOut';
  return (
    <div className={classes.notes}>
      {wrong && (state === 'Failed' || reason) && (
        <Alert severity={state === 'TimedOut' ? 'warning' : 'error'}>
          <FailureText change={change} />
        </Alert>
      )}
      {kind === 'external' && (
        <Alert severity="info" role="note">
          {t('change.external')}
        </Alert>
      )}
    </div>
  );
}

/** Everything there is to know of a change. */
export function ChangeDetails(props: { change: Change }) {
  const { change } = props;
  const { attempts, commits, copy, summary } = change;
  const { commit, configRepo, id, kind, since, state } = summary;
  const environments = [
    ...new Set(summary.modules.map(({ environment }) => environment)),
  ];
  const classes = useStyles();
  const t = useText();
  return (
    <>
      <div className={classes.head}>
        <StateMark of="change" state={state} since={since} />
        <span className={classes.subtle}>
          {t(`changeKind.${kind}`)} · <RelativeTime at={since} />
        </span>
        {commit && (
          <RollbackButton
            configRepo={configRepo}
            rollback={{ change: id }}
            environments={environments}
            title={t('rollback.change')}
          />
        )}
      </div>
      <Notes change={change} />
      <Grid container spacing={3}>
        <Grid item xs={12} md={7}>
          <Section padded title={t('change.facts')}>
            <ChangeFacts change={change} />
          </Section>
        </Grid>
        <Grid item xs={12} md={5}>
          <Section padded title={t('change.timeline')}>
            <TimelineSteps change={change} targets={false} />
            <ChangeAttempts attempts={attempts} />
          </Section>
        </Grid>
      </Grid>
      <Section title={t('change.targets')}>
        <ChangeTargets change={change} />
      </Section>
      {commits && commits.length > 0 && (
        <Section title={t('change.commits')}>
          <ChangeCommits commits={commits} />
        </Section>
      )}
      <Section title={t('change.files')}>
        {copy ? (
          <CopiedFiles
            label={t('copy.resultTable')}
            copy={copy}
            done={commit !== undefined && state !== 'Failed'}
          />
        ) : (
          <ChangeFiles change={change} />
        )}
      </Section>
      {commit && (
        <Section title={t('change.diffTitle')}>
          <ChangeDiff change={id} commit={commit} />
        </Section>
      )}
    </>
  );
}
