import Box from '@material-ui/core/Box';
import Alert from '@material-ui/lab/Alert';
import type { Change } from '@slipway/backstage-plugin-slipway-common';
import { useText } from '../../translation';
import { ChangeTimeline } from '../timeline';

/** What becomes of the change after its commit. */
export function Committed(props: { change: Change }) {
  const { summary } = props.change;
  const t = useText();
  return (
    <>
      <Box mb={2}>
        <Alert severity="success">
          {t('review.committed')} {summary.title}
        </Alert>
      </Box>
      <ChangeTimeline change={summary.id} />
    </>
  );
}
