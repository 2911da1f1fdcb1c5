import { useEffect, useRef } from 'react';
import Box from '@material-ui/core/Box';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { errorMessage } from '../../states';
import { reasonText } from '../../status';
import { useLanguage, useText } from '../../translation';
import type { CommitState } from './useCommit';

function Outcome(props: { state: CommitState }) {
  const { state } = props;
  const t = useText();
  const language = useLanguage();
  switch (state.status) {
    case 'moved':
      return (
        <Alert severity="warning">
          <AlertTitle>{t('review.movedTitle')}</AlertTitle>
          {t('review.movedText')}
        </Alert>
      );
    case 'refused': {
      const { reason } = state.change.summary;
      return (
        <Alert severity="error">
          <AlertTitle>{t('review.refusedTitle')}</AlertTitle>
          {reason && <div>{reasonText(t, reason, language)}</div>}
          {t('review.refusedNext')}
        </Alert>
      );
    }
    case 'rejected':
      return (
        <Alert severity="error">
          <AlertTitle>{t('review.refusedTitle')}</AlertTitle>
          <div>{errorMessage(state.error)}</div>
          {t('review.refusedNext')}
        </Alert>
      );
    case 'failed':
      return (
        <Alert severity="error">
          <div>
            {t('review.failed', { message: errorMessage(state.error) })}
          </div>
          {t('review.failedNext')}
        </Alert>
      );
    default:
      return null;
  }
}

/** Why the last try did not end in a commit, and what to do. */
export function CommitOutcome(props: { state: CommitState }) {
  const { status } = props.state;
  const box = useRef<HTMLDivElement>(null);
  const failed = !['idle', 'committing', 'committed'].includes(status);
  useEffect(() => {
    if (failed) {
      // Who commits has read down to the message, and the answer stands above.
      box.current?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [failed, status]);
  return failed ? (
    <Box mb={2}>
      <div ref={box}>
        <Outcome state={props.state} />
      </div>
    </Box>
  ) : null;
}
