import { useState } from 'react';
import IconButton from '@material-ui/core/IconButton';
import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Close from '@material-ui/icons/Close';
import { EmptyPanel, ErrorState, LoadingRows } from '../../states';
import { useText } from '../../translation';
import { ChangeTimeline } from '../timeline';
import { Announcement } from './Announcement';
import { announcementOf } from './announcementOf';
import { CommitBar } from './CommitBar';
import { CommitForm, CommitWords } from './CommitForm';
import { CommitOutcome } from './CommitOutcome';
import { Plan } from './Plan';
import { proposeMessage } from './proposeMessage';
import { ReviewOptions, useReview } from './useReview';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexDirection: 'column', height: '100vh' },
    title: { overflowWrap: 'anywhere' },
    header: {
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'space-between',
      padding: theme.spacing(1, 1, 1, 3),
      borderBottom: `1px solid ${theme.palette.divider}`,
    },
    progress: { height: 4 },
    content: {
      flex: 1,
      overflowY: 'auto',
      padding: theme.spacing(2, 3),
      [theme.breakpoints.down('xs')]: { padding: theme.spacing(2) },
    },
  }),
  { name: 'SlipwayReview' },
);

/** What is in the drawer: the plan, the words, the commit, and what becomes of it. */
export function Review(
  props: ReviewOptions & {
    titleId: string;
    onTyped: (typed: boolean) => void;
    onClose: () => void;
    onLeave: () => void;
  },
) {
  const { configRepo, onClose, onLeave, onTyped, request, titleId } = props;
  const { kind, rollback } = request;
  const classes = useStyles();
  const t = useText();
  const review = useReview({
    ...props,
    onCommitted: change => {
      onTyped(false);
      props.onCommitted(change);
    },
  });
  const { commitState, plan: planState } = review;
  const [typed, setTyped] = useState<Partial<CommitWords>>({});
  const planned = planState.status === 'planned' ? planState : undefined;
  const words = {
    reason: typed.reason ?? '',
    message:
      typed.message ??
      (planned
        ? proposeMessage(t, { plan: planned.plan, rollback, configRepo })
        : ''),
  };
  const busy = commitState.status === 'committing';
  const working =
    busy || planState.status === 'planning' || planned?.outdated === true;
  const title = () => {
    if (commitState.status === 'committed') {
      return commitState.change.summary.title;
    }
    return kind === 'rollback' ? t('review.titleRollback') : t('review.title');
  };

  const body = () => {
    if (commitState.status === 'committed') {
      return <ChangeTimeline change={commitState.change.summary.id} />;
    }
    if (review.empty) {
      return (
        <EmptyPanel
          title={t('review.nothing')}
          text={t('review.nothingText')}
        />
      );
    }
    return (
      <>
        {!busy && <CommitOutcome state={commitState} />}
        {planState.status === 'planning' && (
          <LoadingRows label={t('review.planning')} />
        )}
        {planState.status === 'error' && (
          <ErrorState
            error={planState.error}
            title={t('review.planError')}
            permission="slipway.change.create"
            onRetry={review.planAgain}
          />
        )}
        {planned && (
          <>
            <Plan
              configRepo={configRepo}
              kind={kind}
              plan={planned.plan}
              operations={review.asked.operations ?? []}
              disabled={busy}
              refused={['refused', 'rejected', 'failed'].includes(
                commitState.status,
              )}
              onSettle={review.settle}
              onTyped={() => onTyped(true)}
              onLeave={onLeave}
            />
            <CommitForm
              words={words}
              needsReason={kind === 'rollback'}
              disabled={busy}
              onChange={change => {
                setTyped({ ...typed, ...change });
                onTyped(true);
              }}
            />
          </>
        )}
      </>
    );
  };

  return (
    <div className={classes.root}>
      <header className={classes.header}>
        <Typography
          variant="h5"
          component="h2"
          id={titleId}
          className={classes.title}
        >
          {title()}
        </Typography>
        <IconButton aria-label={t('review.close')} onClick={onClose}>
          <Close />
        </IconButton>
      </header>
      <div className={classes.progress}>
        {working && !review.empty && (
          <LinearProgress
            aria-label={busy ? t('review.committing') : t('review.planning')}
          />
        )}
      </div>
      <Announcement text={announcementOf(t, planState, commitState)} />
      <div className={classes.content}>{body()}</div>
      <CommitBar
        configRepo={configRepo}
        words={words}
        needsReason={kind === 'rollback'}
        state={commitState}
        plan={planned && !planned.outdated ? planned.plan : undefined}
        onCommit={() =>
          planned &&
          review.commit({
            ...planned.request,
            message: words.message,
            ...(kind === 'rollback' && { reason: words.reason.trim() }),
          })
        }
        onClose={onClose}
      />
    </div>
  );
}
