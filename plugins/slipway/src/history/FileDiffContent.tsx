import Box from '@material-ui/core/Box';
import type { FileDiff } from '@slipway/backstage-plugin-slipway-common';
import { useText } from '../translation';
import { useDiffStyles } from './diffStyles';
import { SplitDiff } from './SplitDiff';
import { UnifiedDiff } from './UnifiedDiff';
import type { DiffLayout } from './useDiffLayout';

/** The lines of one file that differ, or why there are none to show. */
export function FileDiffContent(props: { file: FileDiff; layout: DiffLayout }) {
  const { file, layout } = props;
  const classes = useDiffStyles();
  const t = useText();
  if (file.withheld) {
    return <Box m={2}>{t(`diff.${file.withheld}`)}</Box>;
  }
  if (file.binary) {
    return <Box m={2}>{t('diff.binary')}</Box>;
  }
  if (file.hunks.length === 0) {
    return <Box m={2}>{t('diff.noHunks')}</Box>;
  }
  return (
    <div className={classes.scroll}>
      {layout === 'split' ? (
        <SplitDiff file={file} />
      ) : (
        <UnifiedDiff file={file} />
      )}
    </div>
  );
}
