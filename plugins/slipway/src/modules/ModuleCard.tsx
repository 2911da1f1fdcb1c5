import { memo } from 'react';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useUniqueId } from '../layout';
import { Age } from '../status';
import { useText } from '../translation';
import { EnvironmentLink } from './EnvironmentLink';
import { Images } from './Images';
import { LastChange } from './LastChange';
import type { ListedModule } from './moduleFilters';
import { ModuleLink } from './ModuleLink';
import { ModuleMarks } from './ModuleMarks';
import { worstState } from './worstState';

const useStyles = makeStyles(
  theme => ({
    root: {
      position: 'relative',
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1),
      height: '100%',
      padding: theme.spacing(2),
      '&:hover': { backgroundColor: theme.palette.action.hover },
    },
    stale: {
      color: theme.palette.textSubtle,
      borderStyle: 'dashed',
      borderColor: theme.palette.status.warning,
    },
    head: {
      display: 'flex',
      justifyContent: 'space-between',
      alignItems: 'baseline',
      gap: theme.spacing(1),
    },
    // The whole card opens the module; what is above it keeps its own pointer.
    title: {
      overflowWrap: 'anywhere',
      '&::after': { content: '""', position: 'absolute', inset: 0 },
    },
    above: { position: 'relative', zIndex: 1 },
    facts: {
      display: 'grid',
      gridTemplateColumns: 'auto minmax(0, 1fr)',
      gap: theme.spacing(0.25, 1.5),
      margin: 0,
      fontSize: theme.typography.caption.fontSize,
      '& dt': { color: theme.palette.textSubtle },
      '& dd': { margin: 0, overflowWrap: 'anywhere' },
    },
    code: { fontFamily: 'monospace' },
  }),
  { name: 'SlipwayModuleCard' },
);

function Card(props: { listed: ListedModule; showEnvironment: boolean }) {
  const { listed, showEnvironment } = props;
  const { module } = listed;
  const classes = useStyles();
  const t = useText();
  const id = useUniqueId('module');
  const { asOf, stale } = worstState(module.states);
  return (
    <Paper
      component="article"
      variant="outlined"
      aria-labelledby={id}
      className={`${classes.root} ${stale ? classes.stale : ''}`}
    >
      <div className={classes.head}>
        <Typography variant="subtitle1" component="h3" id={id}>
          <ModuleLink module={module} className={classes.title} />
        </Typography>
        <span className={classes.above}>
          <Age asOf={asOf} offline={stale} />
        </span>
      </div>
      <div className={classes.above}>
        <ModuleMarks states={module.states} />
      </div>
      <dl className={classes.facts}>
        {showEnvironment && (
          <>
            <dt>{t('module.environment')}</dt>
            <dd>
              <span className={classes.above}>
                <EnvironmentLink listed={listed} />
              </span>
            </dd>
          </>
        )}
        <dt>{t('module.path')}</dt>
        <dd className={classes.code}>{module.path}</dd>
        {module.description && (
          <>
            <dt>{t('module.description')}</dt>
            <dd>{module.description}</dd>
          </>
        )}
        {(module.version || module.images.length > 0) && (
          <>
            <dt>{t('module.version')}</dt>
            <dd className={classes.code}>
              <span className={classes.above}>
                <Images images={module.images} version={module.version} />
              </span>
            </dd>
          </>
        )}
        {module.lastChange && (
          <>
            <dt>{t('module.lastChange')}</dt>
            <dd>
              <span className={classes.above}>
                <LastChange change={module.lastChange} />
              </span>
            </dd>
          </>
        )}
      </dl>
    </Paper>
  );
}

/** One module: its three states, where and what it is, and who changed it last. Its title opens it, and so does the card. */
export const ModuleCard = memo(Card);
