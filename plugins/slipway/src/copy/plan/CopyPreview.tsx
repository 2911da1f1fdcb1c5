import Box from '@material-ui/core/Box';
import Alert from '@material-ui/lab/Alert';
import type { EnvironmentCopy } from '@slipway/backstage-plugin-slipway-common';
import { FileDiffContent } from '../../history/FileDiffContent';
import type { DiffLayout } from '../../history/useDiffLayout';
import { ErrorState, LoadingRows } from '../../states';
import { useText } from '../../translation';
import { usePreview } from './usePreview';

/** One file of the target against that of the source, secret values masked. */
export function CopyPreview(props: {
  configRepo: string;
  copy: EnvironmentCopy;
  path: string;
  layout: DiffLayout;
}) {
  const t = useText();
  const { state, again } = usePreview(props);
  if (state.status === 'loading') {
    return <LoadingRows label={t('diff.loading')} rows={1} />;
  }
  if (state.status === 'error') {
    return (
      <ErrorState
        error={state.error}
        title={t('diff.error')}
        permission="slipway.file.read"
        onRetry={again}
      />
    );
  }
  const { diff } = state;
  if (!diff) {
    return <Box m={2}>{t('copy.noDifference')}</Box>;
  }
  return (
    <>
      {diff.masked > 0 && (
        <Box mx={2} mb={1}>
          <Alert severity="info" role="note">
            {t('diff.masked')}
          </Alert>
        </Box>
      )}
      <FileDiffContent file={diff} layout={props.layout} />
    </>
  );
}
