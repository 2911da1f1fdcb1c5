import Box from '@material-ui/core/Box';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { errorMessage } from '../../states';
import { reasonText } from '../../status';
import { useLanguage, useText } from '../../translation';
import type { CommitState } from './useCommit';

/** Why the last try did not end in a commit, and what to do. */
export function CommitOutcome(props: { state: CommitState }) {
  const { state } = props;
  const t = useText();
  const language = useLanguage();
  switch (state.status) {
    case 'moved':
      return (
        <Box mb={2}>
          <Alert severity="warning">
            <AlertTitle>{t('review.movedTitle')}</AlertTitle>
            {t('review.movedText')}
          </Alert>
        </Box>
      );
    case 'refused': {
      const { reason } = state.change.summary;
      return (
        <Box mb={2}>
          <Alert severity="error">
            <AlertTitle>{t('review.refusedTitle')}</AlertTitle>
            {reason && <div>{reasonText(t, reason, language)}</div>}
            {t('review.refusedNext')}
          </Alert>
        </Box>
      );
    }
    case 'rejected':
      return (
        <Box mb={2}>
          <Alert severity="error">
            <AlertTitle>{t('review.refusedTitle')}</AlertTitle>
            <div>{errorMessage(state.error)}</div>
            {t('review.refusedNext')}
          </Alert>
        </Box>
      );
    case 'failed':
      return (
        <Box mb={2}>
          <Alert severity="error">
            <div>
              {t('review.failed', { message: errorMessage(state.error) })}
            </div>
            {t('review.failedNext')}
          </Alert>
        </Box>
      );
    default:
      return null;
  }
}
