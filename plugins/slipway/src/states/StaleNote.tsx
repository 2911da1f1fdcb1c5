import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import { exactTime } from '../status';
import { useLanguage, useText } from '../translation';
import { errorMessage } from './errorKind';

/** What is on the screen could not be updated: it stays, and says as of when it is. */
export function StaleNote(props: {
  error: Error;
  loadedAt: number;
  onRetry: () => void;
}) {
  const t = useText();
  const language = useLanguage();
  return (
    <Alert
      severity="warning"
      action={
        <Button color="inherit" size="small" onClick={props.onRetry}>
          {t('error.retry')}
        </Button>
      }
    >
      {t('error.asOf', {
        message: errorMessage(props.error),
        time: exactTime(new Date(props.loadedAt).toISOString(), language),
      })}
    </Alert>
  );
}
