import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type { Gate } from '@slipway/backstage-plugin-slipway-common';
import { reasonText } from '../../status';
import { useLanguage, useText } from '../../translation';

/** What keeps a change from being committed, in the order in which to settle it. */
export function GateNote(props: { gate: Gate }) {
  const { gate } = props;
  const t = useText();
  const language = useLanguage();
  if (gate.allowed) {
    return (
      <Alert severity="success" role="note">
        {t('review.allowed')}
      </Alert>
    );
  }
  return (
    <Alert severity="error">
      <AlertTitle>{t('review.blocked')}</AlertTitle>
      {gate.missing.map((reason, index) => (
        <div key={index}>{reasonText(t, reason, language)}</div>
      ))}
    </Alert>
  );
}
