import { makeStyles } from '@material-ui/core/styles';
import { visuallyHidden } from '../layout';
import { Link } from '@backstage/core-components';
import type { Environment } from '@slipway/backstage-plugin-slipway-common';
import { markOf } from '../status';
import { Hint } from '../status';
import { useText } from '../translation';
import { isStale } from './DeployStatus';
import { countedStates } from './moduleCounts';

const useStyles = makeStyles(
  theme => ({
    total: { color: theme.palette.textSubtle, whiteSpace: 'nowrap' },
    marks: {
      display: 'flex',
      flexWrap: 'wrap',
      columnGap: theme.spacing(1.25),
      listStyle: 'none',
      margin: 0,
      padding: 0,
    },
    mark: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.25),
      color: 'inherit',
      fontVariantNumeric: 'tabular-nums',
      '& svg': { fontSize: '1.2em' },
    },
    word: { whiteSpace: 'nowrap' },
    ok: { '& svg': { color: theme.palette.status.ok } },
    busy: { '& svg': { color: theme.palette.status.running } },
    warning: { '& svg': { color: theme.palette.status.warning } },
    error: { '& svg': { color: theme.palette.status.error } },
    quiet: { '& svg': { color: theme.palette.textSubtle } },
    hiddenWord: visuallyHidden,
  }),
  { name: 'SlipwayModuleCountMarks' },
);

/** How many modules are in which state; each count opens the environment's list of just those. */
export function ModuleCountMarks(props: {
  environment: Environment;
  /** The environment's page. */
  href?: string;
}) {
  const { environment, href } = props;
  const classes = useStyles();
  const t = useText();
  const stale = isStale(environment);
  return (
    <>
      <span className={classes.total}>
        {t('environments.modules', { count: environment.modules.total })}
      </span>
      <ul className={classes.marks}>
        {countedStates(environment.modules).map(counted => {
          const { icon: Icon, tone, word } = markOf(counted);
          const words = word(t);
          const content = (
            <>
              <Icon aria-hidden />
              <span>
                {counted.count}{' '}
                <span className={classes.hiddenWord}>{words}</span>
              </span>
            </>
          );
          const className = `${classes.mark} ${
            stale ? classes.quiet : classes[tone]
          }`;
          return (
            <li key={`${counted.of}.${counted.state}`}>
              <Hint hint={words} interactiveChild={Boolean(href)}>
                {href ? (
                  <Link
                    to={`${href}?${counted.of}=${counted.state}`}
                    className={className}
                  >
                    {content}
                  </Link>
                ) : (
                  <span className={className}>{content}</span>
                )}
              </Hint>
            </li>
          );
        })}
      </ul>
    </>
  );
}
