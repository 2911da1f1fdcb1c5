import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { Change } from '@slipway/backstage-plugin-slipway-common';
import { CommitId } from '../../changes/page/CommitId';
import { ReviewSection } from '../../changes/review';
import { RollbackButton } from '../../changes/rollback';
import { ChangeTimeline, FailureText, useChange } from '../../changes/timeline';
import { environmentRouteRef } from '../../routes';
import { ErrorState, LoadingRows } from '../../states';
import { useText } from '../../translation';
import { CopiedFiles } from '../files';

const useStyles = makeStyles(
  theme => ({
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 3),
      marginBottom: theme.spacing(3),
    },
    actions: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
  }),
  { name: 'SlipwayCopyResult' },
);

function Headline(props: { change: Change; onBack: () => void }) {
  const { change, onBack } = props;
  const { copy, summary } = change;
  const t = useText();
  if (summary.state === 'Failed') {
    return (
      <Alert
        severity="error"
        action={
          <Button color="inherit" size="small" onClick={onBack}>
            {t('copy.backToPlan')}
          </Button>
        }
      >
        <AlertTitle>{t('copy.failed')}</AlertTitle>
        <FailureText change={change} />
      </Alert>
    );
  }
  const underWay = summary.state === 'Accepted' || summary.state === 'Pushing';
  return (
    <div role="status">
      <Typography variant="h5" component="h3">
        {underWay ? t('copy.underWay') : t('copy.done')}
      </Typography>
      {copy && !underWay && (
        <Typography variant="body1">
          {t('copy.doneText', {
            source: copy.source.title ?? copy.source.name,
            target: copy.target.title ?? copy.target.name,
          })}
        </Typography>
      )}
    </div>
  );
}

function Actions(props: { change: Change }) {
  const { commitUrl, copy, summary } = props.change;
  const { commit, configRepo, id } = summary;
  const classes = useStyles();
  const t = useText();
  const link = useRouteRef(environmentRouteRef);
  const target = copy?.target.name;
  if (!commit) {
    return null;
  }
  return (
    <div className={classes.actions}>
      <span>
        {t('copy.commit')} <CommitId commit={commit} url={commitUrl} />
      </span>
      {link && target && (
        <LinkButton
          size="small"
          variant="outlined"
          to={link({ configRepo, environment: target })}
        >
          {t('copy.openEnvironment')}
        </LinkButton>
      )}
      <RollbackButton
        configRepo={configRepo}
        rollback={{ change: id }}
        environments={target === undefined ? undefined : [target]}
        title={t('copy.undo')}
      />
    </div>
  );
}

/** The last step: that it was copied, what became of each file, and how far it is on the clusters. */
export function ResultStep(props: { change: number; onBack: () => void }) {
  const { change, onBack } = props;
  const classes = useStyles();
  const t = useText();
  const query = useChange(change);
  if (query.status === 'loading') {
    return <LoadingRows label={t('change.loading')} />;
  }
  if (query.status === 'error') {
    return (
      <ErrorState
        error={query.error}
        title={t('change.error')}
        permission="slipway.environment.read"
        onRetry={query.refetch}
      />
    );
  }
  const { copy, summary } = query.value;
  const pushed = summary.commit !== undefined && summary.state !== 'Failed';
  return (
    <>
      <div className={classes.head}>
        <Headline change={query.value} onBack={onBack} />
        <Actions change={query.value} />
      </div>
      {copy && (
        <ReviewSection title={t('copy.resultTitle')}>
          <CopiedFiles
            label={t('copy.resultTable')}
            copy={copy}
            done={pushed}
          />
        </ReviewSection>
      )}
      <Box mt={3}>
        <ChangeTimeline change={change} />
      </Box>
    </>
  );
}
