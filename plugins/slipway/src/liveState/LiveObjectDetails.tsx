import { makeStyles } from '@material-ui/core/styles';
import type {
  LiveObject,
  LiveSource,
} from '@slipway/backstage-plugin-slipway-common';
import { DifferenceTable } from '../compare';
import { reasonText } from '../status';
import { useLanguage, useText } from '../translation';
import { LiveMark } from './LiveMark';
import { objectName } from './liveText';
import { Managers } from './Managers';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(1.5, 2),
      borderTop: `1px solid ${theme.palette.divider}`,
      '& p': { margin: theme.spacing(0.5, 0, 0) },
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 2),
    },
    name: {
      ...theme.typography.body1,
      fontWeight: theme.typography.fontWeightBold as number,
      margin: 0,
      overflowWrap: 'anywhere',
    },
    subtle: { color: theme.palette.textSubtle },
  }),
  { name: 'SlipwayLiveObject' },
);

/** One object: what a sync would do with it, the values that differ, and who wrote them. */
export function LiveObjectDetails(props: {
  object: LiveObject;
  source: LiveSource;
}) {
  const { object, source } = props;
  const { differences, hookType, managers, more = 0, reason, state } = object;
  const classes = useStyles();
  const t = useText();
  const language = useLanguage();
  const name = objectName(object);
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <h4 className={classes.name}>{name}</h4>
        <LiveMark state={state} source={source} />
        {hookType && <span className={classes.subtle}>{hookType}</span>}
      </div>
      {reason && (
        <p className={classes.subtle}>{reasonText(t, reason, language)}</p>
      )}
      {differences.length > 0 && (
        <DifferenceTable
          label={t('live.differencesOf', { object: name })}
          differences={differences}
          sides={{
            leftTitle: t('live.onCluster'),
            rightTitle:
              source === 'lastApplied' ? t('live.applied') : t('live.inGit'),
          }}
        />
      )}
      {more > 0 && (
        <p className={classes.subtle}>{t('compare.more', { count: more })}</p>
      )}
      <Managers managers={managers} />
    </div>
  );
}
