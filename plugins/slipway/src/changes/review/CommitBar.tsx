import Button from '@material-ui/core/Button';
import CircularProgress from '@material-ui/core/CircularProgress';
import { makeStyles } from '@material-ui/core/styles';
import { useApi } from '@backstage/frontend-plugin-api';
import type { ChangePlan } from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../../api';
import { useUniqueId } from '../../layout';
import { useLiveQuery } from '../../live';
import { useText } from '../../translation';
import type { CommitWords } from './CommitForm';
import type { CommitState } from './useCommit';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'flex-end',
      gap: theme.spacing(1, 2),
      padding: theme.spacing(1.5, 3),
      borderTop: `1px solid ${theme.palette.divider}`,
    },
    // A branch's name means what it says, capitals included.
    commit: { textTransform: 'none' },
    missing: { color: theme.palette.textSubtle },
  }),
  { name: 'SlipwayCommitBar' },
);

/** The way out: to commit, saying where to, or to close. */
export function CommitBar(props: {
  configRepo: string;
  /** Undefined while it is not known. */
  plan: ChangePlan | undefined;
  words: CommitWords;
  needsReason: boolean;
  state: CommitState;
  onCommit: () => void;
  onClose: () => void;
}) {
  const { configRepo, needsReason, onClose, onCommit, plan, state, words } =
    props;
  const api = useApi(slipwayApiRef);
  const classes = useStyles();
  const t = useText();
  const id = useUniqueId('commit-bar');
  const repo = useLiveQuery({
    key: configRepo,
    fetch: () => api.getConfigRepo(configRepo),
  });
  const branch = repo.status === 'loaded' ? repo.value.branch : undefined;
  const busy = state.status === 'committing';
  let missing: string | undefined;
  if (needsReason && !words.reason.trim()) {
    missing = t('review.needReason');
  } else if (!words.message.trim()) {
    missing = t('review.needMessage');
  }
  const ready = plan?.gate.allowed === true;
  return (
    <footer className={classes.root}>
      {ready && missing && (
        <span id={id} className={classes.missing}>
          {missing}
        </span>
      )}
      <Button onClick={onClose}>{t('review.close')}</Button>
      {state.status !== 'committed' && (
        <Button
          color="primary"
          className={classes.commit}
          variant="contained"
          disabled={!ready || missing !== undefined || busy}
          aria-busy={busy}
          aria-describedby={ready && missing ? id : undefined}
          startIcon={
            busy ? (
              <CircularProgress size={16} color="inherit" aria-hidden />
            ) : undefined
          }
          onClick={onCommit}
        >
          {branch ? t('review.commitTo', { branch }) : t('review.commit')}
        </Button>
      )}
    </footer>
  );
}
