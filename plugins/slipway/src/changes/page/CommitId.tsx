import { CopyTextButton, Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { shortCommit } from '../../history/CommitTable';
import { useText } from '../../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      '& button': { padding: theme.spacing(0.25) },
      '& svg': { fontSize: '1rem' },
    },
  }),
  { name: 'SlipwayCommitId' },
);

/** A commit by its short id, to open on the forge and to copy whole. */
export function CommitId(props: { commit: string; url?: string }) {
  const { commit, url } = props;
  const classes = useStyles();
  const t = useText();
  const id = <code>{shortCommit(commit)}</code>;
  return (
    <span className={classes.root}>
      {url && /^https?:\/\//.test(url) ? (
        <Link
          to={url}
          aria-label={t('history.forge', { commit: shortCommit(commit) })}
        >
          {id}
        </Link>
      ) : (
        id
      )}
      <CopyTextButton
        text={commit}
        variant="tertiary"
        tooltipText={t('change.copied')}
        aria-label={t('change.copyCommit')}
      />
    </span>
  );
}
