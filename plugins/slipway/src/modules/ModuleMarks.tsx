import { makeStyles } from '@material-ui/core/styles';
import type { ModuleState } from '@slipway/backstage-plugin-slipway-common';
import { relativeTime, StateMark, useNow } from '../status';
import { useLanguage } from '../translation';
import { sourceOf } from './sourceOf';
import { worstState } from './worstState';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
    },
  }),
  { name: 'SlipwayModuleMarks' },
);

/** Health, sync and file sync in one line, never folded; with `ages` also since when, in words. */
export function ModuleMarks(props: { states: ModuleState[]; ages?: boolean }) {
  const { ages, states } = props;
  const classes = useStyles();
  const language = useLanguage();
  const now = useNow();
  const { fileSync, health, stale, sync } = worstState(states);
  const common = { source: sourceOf(states), stale };
  const age = (since: string | undefined) =>
    ages && since ? relativeTime(since, now, language) : undefined;
  return (
    <div className={classes.root}>
      {health && (
        <StateMark
          of="health"
          {...health}
          {...common}
          detail={age(health.since)}
        />
      )}
      {sync && (
        <StateMark of="sync" {...sync} {...common} detail={age(sync.since)} />
      )}
      {fileSync && (
        <StateMark
          of="fileSync"
          {...fileSync}
          {...common}
          detail={age(fileSync.since)}
        />
      )}
    </div>
  );
}
