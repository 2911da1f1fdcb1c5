import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import Refresh from '@material-ui/icons/Refresh';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { ConfigRepo } from '@slipway/backstage-plugin-slipway-common';
import { configRepoRouteRef } from '../routes';
import { Hint, RelativeTime, StateMark } from '../status';
import { useText } from '../translation';
import { useRefreshConfigRepo } from './useRefreshConfigRepo';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      columnGap: theme.spacing(1.5),
      fontSize: theme.typography.body2.fontSize,
    },
    status: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
    },
    subtle: { color: theme.palette.textSubtle },
    code: { fontFamily: 'monospace' },
  }),
  { name: 'SlipwayConfigRepoLine' },
);

/** A config repo in one line: its status, the commit that is shown, when it was last reached, and a look right now. */
export function ConfigRepoLine(props: {
  configRepo: ConfigRepo;
  onRefreshed: () => void;
}) {
  const { configRepo, onRefreshed } = props;
  const classes = useStyles();
  const t = useText();
  const { refreshing, refresh } = useRefreshConfigRepo(
    configRepo.name,
    onRefreshed,
  );
  const link = useRouteRef(configRepoRouteRef);
  const name = configRepo.title ?? configRepo.name;
  const { head, status } = configRepo;

  return (
    <div className={classes.root}>
      {link ? (
        <Link to={link({ configRepo: configRepo.name })}>{name}</Link>
      ) : (
        name
      )}
      <span className={classes.status}>
        <span className={classes.subtle}>{t('configRepo.status')}:</span>
        <StateMark of="repo" state={status.state} reason={status.reason} />
      </span>
      <span className={classes.code}>
        {head ? (
          <Hint hint={`${head.subject} (${head.authorName})`}>
            {t('configRepo.headline', {
              branch: configRepo.branch,
              commit: head.commit.slice(0, 7),
            })}
          </Hint>
        ) : (
          configRepo.branch
        )}
      </span>
      {status.lastReachedAt && (
        <span className={classes.subtle}>
          <RelativeTime at={status.lastReachedAt} />
        </span>
      )}
      <IconButton
        size="small"
        disabled={refreshing}
        onClick={refresh}
        aria-label={t('configRepo.refresh', { configRepo: name })}
      >
        <Refresh fontSize="small" />
      </IconButton>
    </div>
  );
}
