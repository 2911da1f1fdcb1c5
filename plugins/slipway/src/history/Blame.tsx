import { useMemo, useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import { useApi } from '@backstage/frontend-plugin-api';
import { slipwayApiRef } from '../api';
import { useLiveQuery } from '../live';
import { RelativeTime } from '../status';
import { ErrorState, LoadingRows } from '../states';
import { useText } from '../translation';
import { blameRows } from './blameRows';
import { useDiffStyles } from './diffStyles';

/** Lines that are drawn at first, and that each *Show more* adds. */
const LINES_STEP = 1_000;

const useStyles = makeStyles(
  theme => ({
    commit: {
      width: '22em',
      fontFamily: theme.typography.fontFamily,
      fontWeight: 'normal',
      textAlign: 'left',
      whiteSpace: 'nowrap',
    },
    subject: {
      maxWidth: '16em',
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      verticalAlign: 'bottom',
    },
    first: { borderTop: `1px solid ${theme.palette.divider}` },
  }),
  { name: 'SlipwayBlame' },
);

interface BlameProps {
  configRepo: string;
  path: string;
  select: (selection: { view: 'history'; commit: string }) => void;
}

/** Each line with the commit that last changed it. */
export function Blame(props: BlameProps) {
  const { configRepo, path, select } = props;
  const api = useApi(slipwayApiRef);
  const t = useText();
  const classes = useStyles();
  const tableClasses = useDiffStyles();
  const [limit, setLimit] = useState(LINES_STEP);
  const query = useLiveQuery({
    key: JSON.stringify([configRepo, path]),
    fetch: async () => {
      const blame = await api.blameFile(configRepo, { path });
      // The text of the very revision that was blamed: the branch may move in between.
      const file = await api.readFile(configRepo, {
        path,
        revision: blame.commit,
      });
      return { blame, text: file.text ?? '' };
    },
  });
  const loaded = query.status === 'loaded' ? query.value : undefined;
  const rows = useMemo(
    () => (loaded ? blameRows(loaded.blame, loaded.text) : []),
    [loaded],
  );

  if (query.status === 'loading') {
    return <LoadingRows label={t('history.loading')} />;
  }
  if (query.status === 'error') {
    return (
      <ErrorState
        error={query.error}
        title={t('files.blameError')}
        permission="slipway.file.read"
        onRetry={query.refetch}
      />
    );
  }
  const shown = rows.slice(0, limit);
  return (
    <>
      <div className={tableClasses.scroll}>
        <table
          className={tableClasses.table}
          aria-label={t('files.blameTable', { path })}
        >
          <thead>
            <tr>
              <th scope="col">{t('files.blameCommit')}</th>
              <th scope="col">{t('files.blameLine')}</th>
              <th scope="col">{t('files.blameText')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ line, text, commit, first }) => (
              <tr key={line} className={first ? classes.first : undefined}>
                <td className={classes.commit}>
                  {first && commit && (
                    <>
                      <Link
                        component="button"
                        type="button"
                        variant="body2"
                        className={classes.subject}
                        title={commit.subject}
                        onClick={() =>
                          select({ view: 'history', commit: commit.commit })
                        }
                      >
                        {commit.subject}
                      </Link>{' '}
                      {commit.authorName} · <RelativeTime at={commit.at} />
                    </>
                  )}
                </td>
                <td className={tableClasses.number}>{line}</td>
                <td className={tableClasses.text}>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown.length && (
        <Box m={1} textAlign="center">
          {t('files.blameTooLong', {
            shown: String(shown.length),
            total: String(rows.length),
          })}{' '}
          <Button size="small" onClick={() => setLimit(limit + LINES_STEP)}>
            {t('files.more')}
          </Button>
        </Box>
      )}
    </>
  );
}
