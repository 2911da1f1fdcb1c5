import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Change,
  ChangeTarget,
} from '@slipway/backstage-plugin-slipway-common';
import { reasonText, RelativeTime, StateMark } from '../../status';
import { useLanguage, useText } from '../../translation';
import { ModuleRefLink } from '../ModuleRefLink';
import { inTargetOrder, targetKey } from './targetOrder';

/** A change may reach dozens of clusters: these are shown at first, those that need a person before others. */
const SHOWN = 8;

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: theme.spacing(0.5, 0, 0), padding: 0 },
    target: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 1.5),
      padding: theme.spacing(0.25, 0),
      overflowWrap: 'anywhere',
    },
    state: { minWidth: 120 },
    subtle: { color: theme.palette.textSubtle },
    reason: { flexBasis: '100%' },
  }),
  { name: 'SlipwayTimelineTargets' },
);

function Target(props: { configRepo: string; target: ChangeTarget }) {
  const { configRepo, target } = props;
  const { cluster, namespace, reason, since, state } = target;
  const classes = useStyles();
  const t = useText();
  const language = useLanguage();
  return (
    <li className={classes.target}>
      <span className={classes.state}>
        <StateMark of="changeTarget" state={state} />
      </span>
      <ModuleRefLink configRepo={configRepo} moduleRef={target} />
      <span className={classes.subtle}>
        {cluster}/{namespace}
      </span>
      <span className={classes.subtle}>
        <RelativeTime at={since} />
      </span>
      {reason && (
        <span className={classes.reason}>
          {reasonText(t, reason, language)}
        </span>
      )}
    </li>
  );
}

/** How far a change is on each of its targets. */
export function TimelineTargets(props: { change: Change }) {
  const { summary, targets } = props.change;
  const classes = useStyles();
  const t = useText();
  const [all, setAll] = useState(false);
  if (targets.length === 0) {
    return null;
  }
  const live = targets.filter(({ state }) => state === 'Live').length;
  const ordered = inTargetOrder(targets);
  return (
    <>
      {targets.length > 1 && (
        <div className={classes.subtle}>
          {t('timeline.liveOf', {
            live: String(live),
            total: String(targets.length),
          })}
        </div>
      )}
      <ul className={classes.list} aria-label={t('timeline.targets')}>
        {ordered.slice(0, all ? undefined : SHOWN).map(target => (
          <Target
            key={targetKey(target)}
            configRepo={summary.configRepo}
            target={target}
          />
        ))}
      </ul>
      {ordered.length > SHOWN && !all && (
        <Button size="small" onClick={() => setAll(true)}>
          {t('timeline.allTargets', { total: String(ordered.length) })}
        </Button>
      )}
    </>
  );
}
