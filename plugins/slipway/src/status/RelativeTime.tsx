import { makeStyles } from '@material-ui/core/styles';
import { useLanguage } from '../translation';
import { Hint } from './Hint';
import { exactTime, relativeTime } from './relativeTime';
import { useNow } from './useNow';

const useStyles = makeStyles(
  // It stands among words.
  { root: { verticalAlign: 'baseline' } },
  { name: 'SlipwayRelativeTime' },
);

/** When something was, relative to now, with the exact time on hover and focus. */
export function RelativeTime(props: { at: string }) {
  const classes = useStyles();
  const language = useLanguage();
  const now = useNow();
  return (
    <Hint hint={exactTime(props.at, language)} className={classes.root}>
      <time dateTime={props.at}>{relativeTime(props.at, now, language)}</time>
    </Hint>
  );
}
