import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  EngineObjectLive,
  LiveObject,
  LiveObjectState,
  ModuleDetails,
} from '@slipway/backstage-plugin-slipway-common';
import { useUniqueId } from '../layout';
import { engineObjectName, reasonText } from '../status';
import { useLanguage, useText } from '../translation';
import { objectName } from './liveText';
import { useModuleLive } from './useModuleLive';

/** Names of one kind of step; the others are counted. */
const NAMES = 5;

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, paddingLeft: theme.spacing(2.5) },
    subtle: { color: theme.palette.textSubtle },
    name: { overflowWrap: 'anywhere' },
  }),
  { name: 'SlipwaySyncPlan' },
);

const STEPS = ['Created', 'Changed', 'Pruned', 'Hook', 'Unknown'] as const;

function Step(props: {
  state: (typeof STEPS)[number];
  objects: readonly LiveObject[];
  prunes: boolean;
}) {
  const { state, objects, prunes } = props;
  const classes = useStyles();
  const t = useText();
  const count = objects.length;
  const kept = state === 'Pruned' && !prunes;
  const names = objects.slice(0, NAMES).map(objectName).join(', ');
  const rest =
    count > NAMES ? ` ${t('compare.more', { count: count - NAMES })}` : '';
  return (
    <li>
      {kept ? t('syncPlan.kept', { count }) : t(`syncPlan.${state}`, { count })}
      {': '}
      <span className={classes.name}>{`${names}${rest}`}</span>
    </li>
  );
}

function PlanOfObject(props: { item: EngineObjectLive; prune: boolean }) {
  const { item, prune } = props;
  const { hooksKnown, more = 0, objects, prunes, reason, source } = item;
  const classes = useStyles();
  const t = useText();
  const language = useLanguage();
  const why = reason && reasonText(t, reason, language);
  if (source === 'lastApplied' || source === 'none') {
    return (
      <p className={classes.subtle}>
        {t('syncPlan.untold')} {why}
      </p>
    );
  }
  const of = (state: LiveObjectState) =>
    objects.filter(object => object.state === state);
  const steps = STEPS.filter(state => of(state).length > 0);
  const nothing = steps.every(state => state === 'Hook');
  return (
    <>
      {nothing && <p>{t('syncPlan.nothing')}</p>}
      {steps.length > 0 && (
        <ul className={classes.list}>
          {steps.map(state => (
            <Step
              key={state}
              state={state}
              objects={of(state)}
              prunes={prune || prunes === true}
            />
          ))}
        </ul>
      )}
      {more > 0 && <p>{t('live.more', { count: more })}</p>}
      {!hooksKnown && (
        <p className={classes.subtle}>{t('syncPlan.hooksUntold')}</p>
      )}
      {why && <p className={classes.subtle}>{why}</p>}
    </>
  );
}

/** What a sync would do, said before it is asked for; honest where it cannot be told. */
export function SyncPlan(props: {
  details: ModuleDetails;
  /** All targets when empty. */
  cluster: string;
  /** The sync is asked to remove what Git no longer holds. */
  prune: boolean;
}) {
  const { details, cluster, prune } = props;
  const classes = useStyles();
  const t = useText();
  const id = useUniqueId('plan');
  const query = useModuleLive(details, cluster);
  // What is decided by must not be old.
  const plan =
    query.status === 'loaded' && !query.refetchError ? query.value : undefined;
  return (
    <Box component="section" mb={2} aria-labelledby={id}>
      <Typography variant="subtitle2" component="h3" id={id}>
        {t('syncPlan.title')}
      </Typography>
      <div
        role="status"
        aria-busy={query.status === 'loading'}
        className={query.status === 'loading' ? classes.subtle : undefined}
      >
        {query.status === 'loading' && t('live.loading')}
        {query.status !== 'loading' && !plan && t('syncPlan.failed')}
        {plan &&
          plan.items.map(item => (
            <div key={engineObjectName(item.engineObject)}>
              {plan.items.length > 1 && (
                <div className={classes.subtle}>
                  {engineObjectName(item.engineObject)}
                </div>
              )}
              <PlanOfObject item={item} prune={prune} />
            </div>
          ))}
      </div>
    </Box>
  );
}
