import Alert from '@material-ui/lab/Alert';
import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import { reasonText } from '../status';
import { useLanguage, useText } from '../translation';
import { FindingPlace } from './FindingPlace';

/** One finding as a banner, where the page cannot be right before someone mends it. */
export function FindingAlert(props: { finding: Finding }) {
  const { finding } = props;
  const t = useText();
  const language = useLanguage();
  return (
    <Alert severity={finding.severity}>
      {finding.file !== undefined && (
        <code>
          <FindingPlace finding={finding} />{' '}
        </code>
      )}
      {reasonText(t, finding, language)}
    </Alert>
  );
}
