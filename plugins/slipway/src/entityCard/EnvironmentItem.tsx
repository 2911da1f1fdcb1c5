import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { Environment } from '@slipway/backstage-plugin-slipway-common';
import { DeployStatus } from '../environments';
import { environmentRouteRef } from '../routes';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      gap: theme.spacing(0.25, 2),
      padding: theme.spacing(0.75, 0),
      borderBottom: `1px solid ${theme.palette.divider}`,
    },
    name: { overflowWrap: 'anywhere' },
    stage: { color: theme.palette.textSubtle, marginRight: theme.spacing(1) },
  }),
  { name: 'SlipwayEnvironmentItem' },
);

/** An environment in one line: stage, title, deploy status. */
export function EnvironmentItem(props: { environment: Environment }) {
  const { environment } = props;
  const classes = useStyles();
  const link = useRouteRef(environmentRouteRef);
  const title = environment.title ?? environment.name;
  return (
    <li className={classes.root}>
      <span className={classes.name}>
        <span className={classes.stage}>{environment.stage}</span>
        {link ? (
          <Link
            to={link({
              configRepo: environment.configRepo,
              environment: environment.name,
            })}
          >
            {title}
          </Link>
        ) : (
          title
        )}
      </span>
      <DeployStatus environment={environment} />
    </li>
  );
}
