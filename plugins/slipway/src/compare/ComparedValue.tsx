import { makeStyles } from '@material-ui/core/styles';
import { visuallyHidden } from '../layout';
import { useText } from '../translation';

const useStyles = makeStyles(
  theme => ({
    value: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
    subtle: { color: theme.palette.textSubtle },
    hidden: visuallyHidden,
  }),
  { name: 'SlipwayComparedValue' },
);

/** A value on one side, masked where it is secret; that there is none is told from an empty one. */
export function ComparedValue(props: { value: string | undefined }) {
  const { value } = props;
  const classes = useStyles();
  const t = useText();
  if (value === undefined) {
    return (
      <>
        <span aria-hidden>—</span>
        <span className={classes.hidden}>{t('compare.absent')}</span>
      </>
    );
  }
  return value === '' ? (
    <span className={classes.subtle}>{t('compare.emptyValue')}</span>
  ) : (
    <code className={classes.value}>{value}</code>
  );
}
