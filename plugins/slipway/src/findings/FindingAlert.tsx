import Alert from '@material-ui/lab/Alert';
import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import { reasonText } from '../status';
import { useLanguage, useText } from '../translation';
import { findingPlace } from './findingPlace';

/** One finding as a banner, where the page cannot be right before someone mends it. */
export function FindingAlert(props: { finding: Finding }) {
  const { finding } = props;
  const t = useText();
  const language = useLanguage();
  const place = findingPlace(finding);
  return (
    <Alert severity={finding.severity}>
      {place && <code>{place} </code>}
      {reasonText(t, finding, language)}
    </Alert>
  );
}
