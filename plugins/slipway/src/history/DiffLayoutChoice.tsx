import { makeStyles } from '@material-ui/core/styles';
import ToggleButton from '@material-ui/lab/ToggleButton';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import { useText } from '../translation';
import type { DiffLayout } from './useDiffLayout';

const useStyles = makeStyles(
  theme => ({
    layout: { textTransform: 'none', color: theme.palette.text.primary },
  }),
  { name: 'SlipwayDiffLayoutChoice' },
);

/** Below each other or side by side. */
export function DiffLayoutChoice(props: {
  layout: DiffLayout;
  onChange: (layout: DiffLayout) => void;
}) {
  const classes = useStyles();
  const t = useText();
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      value={props.layout}
      aria-label={t('diff.layout')}
      onChange={(_, chosen: DiffLayout | null) =>
        chosen && props.onChange(chosen)
      }
    >
      <ToggleButton className={classes.layout} value="unified">
        {t('diff.unified')}
      </ToggleButton>
      <ToggleButton className={classes.layout} value="split">
        {t('diff.split')}
      </ToggleButton>
    </ToggleButtonGroup>
  );
}
