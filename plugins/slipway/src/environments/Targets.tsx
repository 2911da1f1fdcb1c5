import { makeStyles } from '@material-ui/core/styles';
import type { Target } from '@slipway/backstage-plugin-slipway-common';
import { Age, Hint, StateMark } from '../status';
import { useText } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      columnGap: theme.spacing(0.75),
    },
    name: { color: theme.palette.textSubtle },
    list: {
      margin: 0,
      padding: 0,
      listStyle: 'none',
      '& li': {
        display: 'flex',
        gap: theme.spacing(1),
        alignItems: 'center',
      },
    },
  }),
  { name: 'SlipwayTargets' },
);

/** A cluster as people call it, and as the configuration does. */
export function ClusterName(props: { name: string; title?: string }) {
  const classes = useStyles();
  const { name, title } = props;
  return title && title !== name ? (
    <span>
      {title} <span className={classes.name}>{name}</span>
    </span>
  ) : (
    <span>{name}</span>
  );
}

/** Where an environment is delivered to: the cluster, or how many and how many of them are offline. */
export function Targets(props: { targets: Target[] }) {
  const { targets } = props;
  const classes = useStyles();
  const t = useText();
  if (targets.length === 1) {
    const [{ asOf, cluster, clusterTitle, connection, namespace }] = targets;
    return (
      <span className={classes.root}>
        <Hint hint={`${t('environments.namespace')}: ${namespace}`}>
          <ClusterName name={cluster} title={clusterTitle} />
        </Hint>
        {connection === 'Unreachable' && <Age asOf={asOf} offline />}
      </span>
    );
  }
  const offline = targets.filter(
    target => target.connection === 'Unreachable',
  ).length;
  return (
    <Hint
      hint={
        <ul className={classes.list}>
          {targets.map(target => (
            <li key={`${target.cluster}/${target.namespace}`}>
              <ClusterName name={target.cluster} title={target.clusterTitle} />
              {target.namespace}
              <StateMark of="connection" state={target.connection} />
            </li>
          ))}
        </ul>
      }
    >
      {t('environments.clusters', { count: targets.length })}
      {offline > 0 &&
        ` · ${t('environments.clustersOffline', { number: String(offline) })}`}
    </Hint>
  );
}
