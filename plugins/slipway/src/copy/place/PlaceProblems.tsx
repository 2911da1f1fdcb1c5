import Alert from '@material-ui/lab/Alert';
import type { Gate } from '@slipway/backstage-plugin-slipway-common';
import { reasonText } from '../../status';
import { useLanguage, useText } from '../../translation';

/** What is wrong with the source or the target, as soon as that is known. */
export function PlaceProblems(props: { gate: Gate }) {
  const t = useText();
  const language = useLanguage();
  const problems = props.gate.missing.filter(
    ({ code }) => code.startsWith('copy') || code === 'permissionMissing',
  );
  return problems.length > 0 ? (
    <Alert severity="warning">
      {problems.map((reason, index) => (
        <div key={index}>{reasonText(t, reason, language)}</div>
      ))}
    </Alert>
  ) : null;
}
