import type { Change } from '@slipway/backstage-plugin-slipway-common';
import { makeStyles } from '@material-ui/core/styles';
import { reasonText } from '../../status';
import { useLanguage, useText } from '../../translation';

const useStyles = makeStyles(
  theme => ({
    words: {
      margin: theme.spacing(0.5, 0, 0),
      paddingLeft: theme.spacing(1.5),
      borderLeft: `2px solid ${theme.palette.divider}`,
      fontFamily: 'monospace',
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'SlipwayFailureText' },
);

/** Why a change ended as it did, and what the Git server said where it refused the push. */
export function FailureText(props: { change: Change }) {
  const { attempts, summary } = props.change;
  const classes = useStyles();
  const t = useText();
  const language = useLanguage();
  const reason = summary.reason && reasonText(t, summary.reason, language);
  const words = attempts.at(-1)?.words;
  return (
    <>
      {reason && <div>{reason}</div>}
      {words && !reason?.includes(words) && (
        <blockquote className={classes.words}>{words}</blockquote>
      )}
    </>
  );
}
