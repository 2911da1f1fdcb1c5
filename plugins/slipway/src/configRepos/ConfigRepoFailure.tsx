import Alert from '@material-ui/lab/Alert';
import type { ConfigRepo } from '@slipway/backstage-plugin-slipway-common';
import { reasonText, relativeTime, useNow } from '../status';
import { useLanguage, useText } from '../translation';

/** Says in words that a config repo cannot be read, and how old what is shown is. Nothing while all is well. */
export function ConfigRepoFailure(props: { configRepo: ConfigRepo }) {
  const { name, title, status } = props.configRepo;
  const t = useText();
  const language = useLanguage();
  const now = useNow();
  if (status.state !== 'Failed') {
    return null;
  }
  const words = {
    configRepo: title ?? name,
    reason: status.reason
      ? reasonText(t, status.reason, language)
      : t('reason.unreachable'),
  };
  return (
    <Alert severity="error">
      {status.lastReachedAt
        ? t('configRepo.failedKept', {
            ...words,
            age: relativeTime(status.lastReachedAt, now, language),
          })
        : t('configRepo.failed', words)}
    </Alert>
  );
}
