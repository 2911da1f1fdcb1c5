import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import Link from '@material-ui/core/Link';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import { Link as RouteLink } from '@backstage/core-components';
import type { Commit } from '@slipway/backstage-plugin-slipway-common';
import { ChangeLink } from '../changes/ChangeLink';
import { DataTable } from '../layout';
import { Hint, RelativeTime } from '../status';
import { useText } from '../translation';

const useStyles = makeStyles(
  theme => ({
    subject: { textAlign: 'left', overflowWrap: 'anywhere' },
    claims: {
      display: 'block',
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
      overflowWrap: 'anywhere',
    },
    restore: { whiteSpace: 'nowrap' },
    change: { marginLeft: theme.spacing(1), whiteSpace: 'nowrap' },
  }),
  { name: 'SlipwayCommitTable' },
);

/** As people name commits. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 7);
}

export interface CommitTableProps {
  path: string;
  commits: readonly Commit[];
  /** Commit ids that are to be compared, two at most. */
  chosen: readonly string[];
  onChoose: (commit: string) => void;
  onOpen: (commit: string) => void;
  /** Shows the file as it was at a commit. */
  onView?: (commit: string) => void;
  /** Brings back what a commit left; the newest is what is there. */
  onRestore?: (commit: string) => void;
}

function CommitRow(
  props: CommitTableProps & { commit: Commit; newest: boolean },
) {
  const { commit, chosen, newest, onChoose, onOpen, onRestore, onView } = props;
  const classes = useStyles();
  const t = useText();
  const short = shortCommit(commit.commit);
  return (
    <TableRow hover>
      <TableCell padding="checkbox">
        <Checkbox
          size="small"
          color="primary"
          checked={chosen.includes(commit.commit)}
          onChange={() => onChoose(commit.commit)}
          inputProps={{
            'aria-label': t('history.chooseCommit', { commit: short }),
          }}
        />
      </TableCell>
      <TableCell component="th" scope="row" variant="body">
        <Link
          component="button"
          type="button"
          variant="body2"
          className={classes.subject}
          onClick={() => onOpen(commit.commit)}
        >
          {commit.subject}
        </Link>
        {commit.change !== undefined && (
          <ChangeLink change={commit.change} className={classes.change}>
            {t('history.change', { change: String(commit.change) })}
          </ChangeLink>
        )}
        {commit.trailers.length > 0 && (
          <span className={classes.claims}>
            <Hint hint={t('history.claimsHint')}>{t('history.claims')}</Hint>{' '}
            {commit.trailers
              .map(({ key, value }) => `${key}: ${value}`)
              .join(' · ')}
          </span>
        )}
      </TableCell>
      <TableCell>{commit.authorName}</TableCell>
      <TableCell>
        <RelativeTime at={commit.at} />
      </TableCell>
      <TableCell>
        {/^https?:\/\//.test(commit.url ?? '') ? (
          <RouteLink
            to={commit.url ?? ''}
            aria-label={t('history.forge', { commit: short })}
          >
            <code>{short}</code>
          </RouteLink>
        ) : (
          <code>{short}</code>
        )}
        {onView && (
          <Link
            component="button"
            type="button"
            variant="caption"
            className={classes.change}
            aria-label={t('files.viewAtCommit', { revision: short })}
            onClick={() => onView(commit.commit)}
          >
            {t('files.viewAt')}
          </Link>
        )}
      </TableCell>
      {onRestore && (
        <TableCell>
          {!newest && (
            <Button
              size="small"
              className={classes.restore}
              aria-label={t('rollback.fileAt', { commit: short })}
              onClick={() => onRestore(commit.commit)}
            >
              {t('rollback.file')}
            </Button>
          )}
        </TableCell>
      )}
    </TableRow>
  );
}

/** Commits, newest first, to open or to choose two of. */
export function CommitTable(props: CommitTableProps) {
  const t = useText();
  return (
    <TableContainer>
      <DataTable
        size="small"
        aria-label={t('history.table', { path: props.path })}
      >
        <TableHead>
          <TableRow>
            <TableCell scope="col">{t('history.choose')}</TableCell>
            <TableCell scope="col">{t('history.commit')}</TableCell>
            <TableCell scope="col">{t('history.author')}</TableCell>
            <TableCell scope="col">{t('history.when')}</TableCell>
            <TableCell scope="col">Id</TableCell>
            {props.onRestore && (
              <TableCell scope="col">{t('rollback.restore')}</TableCell>
            )}
          </TableRow>
        </TableHead>
        <TableBody>
          {props.commits.map((commit, index) => (
            <CommitRow
              key={commit.commit}
              {...props}
              commit={commit}
              newest={index === 0}
            />
          ))}
        </TableBody>
      </DataTable>
    </TableContainer>
  );
}
