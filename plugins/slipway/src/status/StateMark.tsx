import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import { useLanguage, useText } from '../translation';
import { Hint } from './Hint';
import { reasonText } from './reasonText';
import { exactTime } from './relativeTime';
import { markOf, StateOf } from './stateMarks';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      alignItems: 'flex-start',
      gap: theme.spacing(0.5),
      // Table cells of the theme have a line height that the icon does not fit.
      lineHeight: 1.5,
      verticalAlign: 'middle',
      whiteSpace: 'nowrap',
      '& svg': { fontSize: '1.25em', flex: 'none', marginTop: '0.125em' },
    },
    detail: { color: theme.palette.textSubtle, whiteSpace: 'normal' },
    busy: { '& svg': { color: theme.palette.status.running } },
    ok: { '& svg': { color: theme.palette.status.ok } },
    warning: { '& svg': { color: theme.palette.status.warning } },
    error: { '& svg': { color: theme.palette.status.error } },
    quiet: { '& svg': { color: theme.palette.textSubtle } },
    stale: { '& svg': { color: theme.palette.textSubtle } },
  }),
  { name: 'SlipwayStateMark' },
);

export type StateMarkProps = StateOf & {
  since?: string;
  reason?: Reason;
  /** Who says so, such as the sync engine and its cluster. */
  source?: string;
  /** A few words behind the word. */
  detail?: ReactNode;
  /** The source is offline, so this is the last known state and must not look fresh. */
  stale?: boolean;
};

/** The one way to draw a state: icon, word, and a tooltip with since when, why, and who says so. */
export function StateMark(props: StateMarkProps) {
  const { since, reason, source, detail, stale } = props;
  const classes = useStyles();
  const t = useText();
  const language = useLanguage();
  const { icon: Icon, tone, word } = markOf(props);

  const mark = (
    <span
      className={`${classes.root} ${stale ? classes.stale : classes[tone]}`}
    >
      <Icon aria-hidden />
      <span>
        {word(t)}
        {detail && <span className={classes.detail}> {detail}</span>}
      </span>
    </span>
  );
  const lines = [
    reason && reasonText(t, reason, language),
    since && t('age.since', { time: exactTime(since, language) }),
    source && t('age.source', { source }),
    stale && t('age.stale'),
  ].filter(Boolean);
  if (lines.length === 0) {
    return mark;
  }
  return (
    <Hint
      hint={lines.map(line => (
        <p key={String(line)}>{line}</p>
      ))}
    >
      {mark}
    </Hint>
  );
}
