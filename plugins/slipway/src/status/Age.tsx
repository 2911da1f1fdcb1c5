import { makeStyles } from '@material-ui/core/styles';
import LinkOff from '@material-ui/icons/LinkOff';
import { useLanguage, useText } from '../translation';
import { Hint } from './Hint';
import { exactTime, relativeTime } from './relativeTime';
import { useNow } from './useNow';

/** Data younger than this is current: its age would only be noise. */
const FRESH_MS = 120_000;

const useStyles = makeStyles(
  theme => ({
    old: { color: theme.palette.textSubtle, whiteSpace: 'nowrap' },
    offline: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      whiteSpace: 'nowrap',
      color: theme.palette.text.primary,
      fontWeight: 500,
      '& svg': { color: theme.palette.status.warning, fontSize: '1.25em' },
    },
  }),
  { name: 'SlipwayAge' },
);

/**
 * How old what is shown is: nothing when it is fresh, grey when it is not,
 * amber with a broken link when its source is offline.
 */
export function Age(props: {
  asOf?: string;
  offline?: boolean;
  /** Where the age itself is what is asked for, say it even when fresh. */
  evenFresh?: boolean;
}) {
  const { asOf, offline, evenFresh } = props;
  const classes = useStyles();
  const t = useText();
  const language = useLanguage();
  const now = useNow();

  if (!offline) {
    if (!asOf || (!evenFresh && now - Date.parse(asOf) < FRESH_MS)) {
      return null;
    }
    return (
      <Hint hint={t('age.asOf', { time: exactTime(asOf, language) })}>
        <time className={classes.old} dateTime={asOf}>
          {relativeTime(asOf, now, language)}
        </time>
      </Hint>
    );
  }
  const words = (
    <span className={classes.offline}>
      <LinkOff aria-hidden />
      {asOf
        ? t('age.offlineSince', { age: relativeTime(asOf, now, language) })
        : t('age.offline')}
    </span>
  );
  return (
    <Hint
      hint={
        <>
          <p>{t('age.stale')}</p>
          {asOf && <p>{t('age.asOf', { time: exactTime(asOf, language) })}</p>}
        </>
      }
    >
      {words}
    </Hint>
  );
}
