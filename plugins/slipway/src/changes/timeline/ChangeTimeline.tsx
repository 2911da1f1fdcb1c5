import { makeStyles } from '@material-ui/core/styles';
import { LiveRegion, Loaded } from '../../states';
import { StateMark } from '../../status';
import { useText } from '../../translation';
import { ChangeLink } from '../ChangeLink';
import { TimelineSteps } from './TimelineSteps';
import { useChange } from './useChange';

const useStyles = makeStyles(
  theme => ({
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0.5, 2),
      marginBottom: theme.spacing(2),
    },
    state: { fontSize: theme.typography.body1.fontSize },
  }),
  { name: 'SlipwayChangeTimeline' },
);

/** A change on its way, live: how far it is, what each target makes of it, and the way to its page. */
export function ChangeTimeline(props: { change: number }) {
  const { change } = props;
  const classes = useStyles();
  const t = useText();
  const query = useChange(change);
  return (
    <Loaded
      query={query}
      loading={{ label: t('change.loading'), rows: 3 }}
      failure={{ title: t('change.error') }}
    >
      {({ value }) => {
        const { summary } = value;
        return (
          <section aria-label={t('timeline.title', { change: String(change) })}>
            <div className={classes.head}>
              <span className={classes.state}>
                <StateMark
                  of="change"
                  state={summary.state}
                  since={summary.since}
                />
              </span>
              <ChangeLink change={change}>
                {t('timeline.open', { change: String(change) })}
              </ChangeLink>
            </div>
            <TimelineSteps change={value} />
            <LiveRegion
              sequence={summary.state}
              quietMs={0}
              message={t('timeline.announced', {
                change: String(change),
                state: t(`changeState.${summary.state}`),
              })}
            />
          </section>
        );
      }}
    </Loaded>
  );
}
