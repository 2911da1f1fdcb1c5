import type { ComponentType } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import Cancel from '@material-ui/icons/Cancel';
import CheckCircle from '@material-ui/icons/CheckCircle';
import RadioButtonUnchecked from '@material-ui/icons/RadioButtonUnchecked';
import Timelapse from '@material-ui/icons/Timelapse';
import TimerOff from '@material-ui/icons/TimerOff';
import type { Change } from '@slipway/backstage-plugin-slipway-common';
import { durationText, RelativeTime } from '../../status';
import { useLanguage, useText } from '../../translation';
import { FailureText } from './FailureText';
import { StepProgress, TimelineStep, stepsOf } from './stepsOf';
import { TimelineTargets } from './TimelineTargets';

const icons: { [progress in StepProgress]: ComponentType<SvgIconProps> } = {
  done: CheckCircle,
  current: Timelapse,
  failed: Cancel,
  late: TimerOff,
  toCome: RadioButtonUnchecked,
};

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: 0, padding: 0 },
    step: {
      display: 'grid',
      gridTemplateColumns: 'auto minmax(0, 1fr)',
      columnGap: theme.spacing(1.5),
      // The line from one mark to the next.
      '&:not(:last-child) $rail::after': {
        content: '""',
        flex: 1,
        width: 2,
        minHeight: theme.spacing(1.5),
        backgroundColor: theme.palette.divider,
      },
    },
    rail: {
      display: 'flex',
      flexDirection: 'column',
      alignItems: 'center',
      '& svg': { fontSize: '1.5em' },
    },
    text: { paddingBottom: theme.spacing(1.5), overflowWrap: 'anywhere' },
    name: { fontWeight: theme.typography.fontWeightBold as number },
    subtle: { color: theme.palette.textSubtle },
    done: { '& svg': { color: theme.palette.status.ok } },
    current: { '& svg': { color: theme.palette.status.running } },
    failed: { '& svg': { color: theme.palette.status.error } },
    late: { '& svg': { color: theme.palette.status.warning } },
    toCome: { '& svg': { color: theme.palette.textSubtle } },
  }),
  { name: 'SlipwayTimelineSteps' },
);

function StepText(props: { step: TimelineStep }) {
  const { at, milliseconds, name, progress } = props.step;
  const classes = useStyles();
  const t = useText();
  const language = useLanguage();
  return (
    <>
      <span className={progress === 'toCome' ? classes.subtle : classes.name}>
        {t(`timeline.step.${name}`)}
      </span>{' '}
      <span className={classes.subtle}>
        {progress === 'toCome' && t('timeline.notYet')}
        {progress === 'current' && at && (
          <>
            {t('timeline.since')} <RelativeTime at={at} />
          </>
        )}
        {progress !== 'toCome' && progress !== 'current' && (
          <>
            {milliseconds !== undefined &&
              `${t('timeline.after', {
                duration: durationText(milliseconds, language),
              })} · `}
            {at && <RelativeTime at={at} />}
          </>
        )}
      </span>
    </>
  );
}

/** What happened to a change, step by step with how long each took, and what should follow. */
export function TimelineSteps(props: {
  change: Change;
  /** Left out where the page tells them in a table. */
  targets?: boolean;
}) {
  const { change, targets = true } = props;
  const classes = useStyles();
  const t = useText();
  const steps = stepsOf(change);
  return (
    <ol className={classes.list} aria-label={t('timeline.steps')}>
      {steps.map((step, index) => {
        const Icon = icons[step.progress];
        const last = index === steps.length - 1;
        return (
          <li
            key={`${index}-${step.name}`}
            className={classes.step}
            aria-current={step.progress === 'current' ? 'step' : undefined}
          >
            <div className={`${classes.rail} ${classes[step.progress]}`}>
              <Icon aria-hidden />
            </div>
            <div className={classes.text}>
              <StepText step={step} />
              {step.name === 'failed' && <FailureText change={change} />}
              {last && targets && change.summary.state !== 'Failed' && (
                <TimelineTargets change={change} />
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
